// Package cayleystore keeps the graph in Cayley: embedded on bbolt or in memory,
// or on a database server through Cayley's SQL backends. It is the only importer
// of Cayley; what it must not know is how facts are found or drawn.
//
// # Quads
//
// The graph is kept per document (graph.Part), and every quad belongs to exactly
// one part, so a part can be replaced alone and two writers of different parts
// never touch the same quad. The label of a quad is the ID of its part or an
// evidence node of that part. For a part doc/a:
//
//	subject    predicate            object           label
//	doc/a      rdf:type             tg:Part          doc/a     the part is there
//	doc/a      tg:source            "a.txt"          doc/a
//	doc/a      tg:fingerprint       "…"              doc/a
//	facts/…    tg:facts             "…"              doc/a     opaque, deflated, base64
//	doc/a      tg:digest            "…"              doc/a     of all other quads of the part
//	person/x   rdf:type             schema:Person    doc/a     a claim of the part
//	person/x   schema:name          "…"              doc/a     the label
//	person/x   schema:alternateName "…"              doc/a     an alias
//	person/x   tg:key               "…"              doc/a     fact.Key of a name, for Lookup
//	talk/y     schema:startDate     "2024-10-12"     doc/a     a property
//	concept/z  skos:prefLabel       "长上下文"@zh      doc/a     property zh, and the label unless
//	concept/z  skos:prefLabel       "…"              doc/a     this plain one says otherwise
//	concept/z  skos:altLabel        "long text"@en   doc/a     an alias
//	talk/y     schema:performer     person/x         E         an edge, once per evidence
//	E          prov:value           "quote"          doc/a     the evidence's quote
//	E          prov:wasQuotedFrom   doc/lexicon      doc/a     only when it is not doc/a
//	E          tg:phrase            "uses"           doc/a     linking words, told apart per edge
//	D          tg:weight            0.7              doc/a     weight and properties of an edge
//	D          schema:jobTitle      "教授"            doc/a
//
// E is an evidence node, "evidence/doc/a#23:1/rules/0.98/<hash>": line, column,
// extractor and confidence of the passage, and a hash that tells quotes apart. The
// edges that one passage gives share it. D is "edge/doc/a#<hash>", hashed from
// source, predicate, target and phrase; plain edges have none. A key that is
// equal to the name itself is left out where the name is a plain string.
//
// # Safety
//
// Cayley v0.7.7 loses data when readers share the writer's caches, when a failed
// transaction is followed by another, when a quad is added twice, and when one
// transaction both adds and deletes at a node. So a reader
// gets a Cayley store of its own on a snapshot; the writer adds and deletes only
// the difference to what is stored, into a buffer that is written in one
// transaction of the key-value store; and after any error the writer is thrown
// away together with its buffer.
//
// Cayley also keeps deleted quads in its log and indexes for ever, so that replacing a
// document would take longer each time. They are taken out of the buffer before it is
// written (forget.go), which leaves free pages; a file of which more than half is free
// is written anew (compact.go).
package cayleystore
