package concept

import "strings"

// wordClass says what an English word does in a phrase.
type wordClass uint8

const (
	stopWord    wordClass = 1 << iota // ends a phrase: article, pronoun, preposition, auxiliary, verb
	genericNoun                       // names no idea by itself
	weakWord                          // an adjective or adverb left out at the head of a phrase
	headNoun                          // ends the names of concepts
	joinWord                          // "and", "or": ends a phrase, and makes lists
	articleWord                       // a determiner or preposition: a noun phrase follows
	verbWord                          // a form of a verb
)

// englishStopWords never stand in the name of a concept.
const englishStopWords = `
be is are was were been being am isn't aren't wasn't weren't do does did done doing don't doesn't didn't have has had having haven't hasn't hadn't can can't cannot could couldn't may might must shall should shouldn't will won't would wouldn't need needs needed
i you he she it we they me him them us myself yourself himself herself itself ourselves themselves who whom whose which what where when why how whether there here this these those that
not no nor never none nothing nobody only just even also too very quite rather so such than then thus hence therefore however though although because since while until unless if else otherwise yet still already again once ever always often sometimes usually mostly almost nearly really actually basically simply especially instead together apart away back off out up down over
about above across after against along among around before behind below beneath beside besides between beyond despite during except inside like near onto outside past per regarding through throughout toward towards under underneath upon versus via within without vs vs. as
one two three four five six seven eight nine ten hundred thousand million first second third fourth last next
more most less least much many few fewer little several some any all each every both either neither another other others same own enough
today tomorrow yesterday now later soon ago early late monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
e.g. i.e. etc etc. et al al. ie eg incl aka it's that's there's let's they're we're you're i'm he's she's what's who's isn't yes ok okay well oh please thanks thank mr mrs ms dr prof dr. prof. mr. tl dr asked said says say saying ok-ish
`

// englishArticles are followed by noun phrases.
const englishArticles = "a an the my your his her its our their of for from to in on at by with into using"

// englishVerbs are verbs that are seldom nouns; their forms in -s, -ed and -ing end
// phrases as well.
const englishVerbs = `
accept achieve acquire add adapt address admit adopt advance affect agree aim allow analyze announce answer appear apply argue arise arrange assign assume attempt avoid become begin believe belong bring calculate call care carry catch cause change choose cite claim close combine come compare compute conclude confirm confuse connect consider consist contain continue contribute convert convince create decide decrease define deliver demonstrate depend derive describe deserve detect determine develop differ disable discover discuss distinguish divide double drop eliminate emit emphasize enable encounter encourage end enhance enjoy ensure enter establish evaluate exceed exist expand expect expensive explain explore expose extend extract face fail fall feed feel fill find finish fit fix focus follow force forget fork generate get give go grow guarantee guess handle happen help hide hire hold identify ignore illustrate imagine implement imply improve include incorporate increase indicate infer inform inspire install integrate intend introduce invent invest investigate involve issue iterate join judge keep kill know last launch lead lean learn leave let lie live look lose love maintain make manage matter mean meet mention mount move name obtain occur offer open operate optimize organize overcome overlap own participate pass pay perform pick place play point prefer prepare present preserve prevent proceed produce promise propose prove provide publish pull push put raise reach read realize receive recommend redirect reduce refer reflect refuse reject relate release rely remain remember remind remove repeat replace reply report represent require respond restrict reuse reveal rewrite rise run save scale see seem sell send serve set share shift shine show shrink sit skip solve sort speak speed spend stand start state stay stop struggle submit suffer suggest supersede supply support suppose surface switch take talk teach tell tend test think throw touch trade transform translate treat trigger trust try turn underlie understand unify use utilize vary view visit wait wake walk want warn waste watch win wish wonder work worry write yield
blame crawl cure nudge glitch fool lacks lack crash hurt cut drive beat fall fold mishear defend cost beats cuts drives wear bend skipped shrank shrunk ran wrote written took taken gave given went gone came saw seen made found kept knew known thought told brought bought built caught chose chosen drew drawn driven fell felt forgot got gotten grew grown heard held hid hidden hurts led left lost meant met paid put rose risen sent shown sold spent spoke spoken stood taught thrown understood won wore worn broke broken began begun became ended won't kills named used based called
`

// englishVerbsKeepIng are verbs above whose form in -ing or base form is also a noun of the trade.
const englishVerbsKeepIng = "learn compute schedule train test sort infer scale serve fork sample read write cut name trust share mount switch report issue test trade support change address cost share set state place end view work speed release cause play"

// englishGeneric are nouns that name no idea by themselves.
const englishGeneric = `
thing things way ways lot lots bit kind kinds type types sort part parts point points case cases example examples problem problems issue issues question questions answer answers idea ideas goal goals reason reasons result results finding findings conclusion conclusions motivation background introduction overview summary outline agenda abstract topic topics subject takeaway takeaways note notes remark remarks comment comments key detail details step steps stage stages approach approaches method methods solution solutions technique techniques challenge challenges benefit benefits advantage advantages disadvantage disadvantages drawback drawbacks pro pros con cons feature area areas field fields people person man woman men women guy guys team teams group groups company companies customer customers user users developer developers student students speaker speakers author authors audience host moderator panelist panelists professor researcher researchers engineer engineers expert experts somebody someone everybody everyone anybody anyone nobody talk talks session sessions keynote panel paper papers slide slides book books article post posts blog link links page pages site website demo demos q a qa year years month months week weeks day days hour hours minute minutes second seconds time times moment number numbers amount size sizes value values level levels rate rates range half quarter tenth percent place places side end start beginning middle top bottom front rest left right world life work job jobs task tasks project projects effort efforts experience experiences story stories history future today stuff set list lists line lines word words name names term terms form forms order others fact facts truth sense difference differences change changes improvement improvements effect effects impact use uses usage support help need needs chance opportunity risk risks success failure failures mistake mistakes trick tricks tip tips rule rules money price cost costs version versions option options choice choices piece pieces item items everything anything something lunch coffee break dinner room hall city country morning afternoon evening night picture pictures figure figures photo image table chart yes no ok news event events conference workshop meeting meetup summit course class lecture tutorial poster posters award prize gap gaps trouble question context future discussion discussions opening closing welcome remarks introduction motivation contribution contributions evaluation experiment experiments setup related work limitations limitation acknowledgements references reference appendix weak point strength strengths weakness weaknesses good bad best worst pain nothing concerns concern lesson lessons plan plans state status purpose focus role function functions meaning attempt insight insights observation observations assumption assumptions condition conditions fun joke jokes advice opinion opinions favourite key insight big picture interest interests attention effort share average total sum maximum minimum level center centre
`

// englishWeak are words that are left out at the head of a phrase.
const englishWeak = `
new newer newest old older big bigger biggest small smaller smallest large larger largest great greater good better best bad worse worst nice cool simple simpler easy easier hard harder hardest difficult fast faster slow slower cheap cheaper long longer short shorter high higher low lower strong stronger weak weaker important interesting different similar various certain specific particular general common usual typical main major minor real true false full entire whole complete recent current former previous original existing possible impossible available necessary useful useless popular famous key core basic key careful clear obvious likely unlikely sure able ready happy sad funny surprising huge tiny rich poor late early right wrong broad narrow deep-ish heavy light modern traditional standard-ish robust-ish powerful expensive big-name well-known so-called state-of-the-art cutting-edge best-in-class total overall extra additional special single multiple numerous entire regular actual proper potential increasing growing non-trivial tricky messy mere massive significant substantial dramatic subtle gentle free meaningful wonderful terrible excellent classic prior following underlying given only true usual-suspect annoying unbounded endless initial final third-party next-generation crazy
`

// englishHeads end the names of concepts of computing and its neighbours.
const englishHeads = `
accuracy adaptation agent agents aggregation agreement algorithm algorithms alignment allocation analysis analytics annotation approximation architecture architectures arithmetic array arrays assistant attack attacks attention authentication authorization automation autoscaler backend backup balancing bandwidth base batching benchmark benchmarks bias binding block blockchain bound bounds budget budgets buffer buffers bug bugs bus cache caching cancellation capture checker checking checkpoint checks circuit circuits classification classifier client cloud cluster clustering clusters code codec coding collection collector collision communication compatibility compilation compiler compilers complexity compression computation computing concurrency configuration congestion consensus consistency consumption contention continuation continuations contract contracts control controller convergence coordination correction corpus correlation coverage cryptography data database databases dataframe dataset datasets deadlock debugger debugging decoder decoding decomposition deduplication defense delivery denoising density deployment design detection detector device devices diagnosis dialogue diffusion discovery discrepancy display displays distillation distribution distributions drift driver dynamics editing effect effects elasticity embedding embeddings encoder encoding encryption energy engine engines engineering entropy environment error errors escape estimation estimator estimators evaluation eviction execution exploration extraction factorization fairness fault feature features feedback filter filtering filters fingerprinting firmware flow flows forecasting format formats forest framework frameworks function functions fusion fuzzing fuzzer game games garbage gate gateway generation generator gradient gradients grammar graph graphs grid hardness hardware hash hashing heap heuristic heuristics hypothesis identification illusion index indexes indices inference infrastructure injection instrumentation integration integrity intelligence interaction interface interfaces interpolation interpreter isolation join joins kernel kernels key keys knowledge label labeling labels language languages latency lattice lattices law layer layers leak leaks learning lemma library libraries lifetimes limit limiting lineage linking localization lock locking locks log logging logic loop loops loss machine machines management mapping maps market matching matrix measurement mechanism mechanisms memory mesh message messages metadata metric metrics microservice microservices middleware migration minimization mining mixture mode model modeling modelling models module modules monad monads monitoring motion navigation network networking networks noise normalization object objects observability ontology operating operation operations operator operators optimization optimizations optimizer oracle orchestration overhead overlay packet packets paradigm paradox parallelism parameter parameters parser parsing partition partitioning partitions path paths pattern patterns perception performance permissions persistence personalization pipeline pipelines planning platform platforms policies policy pooling pool pools polymorphism prediction predictions predictor prefetching principle principles privacy probability probe probes procedure process processes processing processor processors production profile profiles profiler profiling program programming programs projection promise prompting proof proofs propagation protection protocol protocols prototype prototyping provenance proxies proxy pruning quality quantization queries query queue queues race races ranking rate-limiting reality reasoning recognition recommendation recommender reconstruction recovery recursion reduction refresh region registry regression regularization reinforcement relation relations release releases reliability rendering replay replication repository representation representations resilience resistance resolution responsibility retrieval reward rights robot robots robotics robustness rollout rollouts router routing rule-engine runtime safety sampling sandbox scaling scanner scanning scheduler scheduling schema schemas science score scores search security segmentation selection semantics sensing sensor sensors separation sequence sequences serialization server servers service services serving sharding shift shifting side-channel signal signals signature signatures simulation simulator sketch sketches skew snapshot snapshots software space spaces specification splatting splitting stability stack standardization statistics steering storage store stores strategies strategy stream streaming streams structure structures stuffing summarization supervision surface switch switching synchronization syntax synthesis system systems tagging teleoperation template templates tensor tensors test testing tests text theorem theory thread threads threshold throughput time-travel timestamp token tokenization tokens tokenizer tolerance tool tooling tools topology trace traces tracing tracking trade-off tradeoff traffic trainer training trajectory transaction transactions transfer transform transformation transformer transformers translation transparency tree trees trie tuning type types typing uncertainty understanding unlearning update updates validation vector vectors verification verifier versioning video views virtualization vision visualization vulnerability vulnerabilities walk walks warehouse warehouses watermarking weight weights workflow workflows workload workloads
`

// englishWords is the table that the lists above make.
type englishWords struct {
	class map[string]wordClass
}

func newEnglishWords() *englishWords {
	w := &englishWords{class: make(map[string]wordClass, 4000)}
	w.addAll(englishStopWords, stopWord)
	w.addAll(englishArticles, stopWord|articleWord)
	w.addAll("and or plus but nor &", stopWord|joinWord)
	keep := setOf(englishVerbsKeepIng)
	for _, verb := range strings.Fields(englishVerbs) {
		w.addVerb(verb, keep[verb])
	}
	w.addAll(englishGeneric, genericNoun)
	w.addAll(englishWeak, weakWord)
	w.addAll(englishHeads, headNoun)
	return w
}

func (w *englishWords) addAll(words string, class wordClass) {
	for _, text := range strings.Fields(words) {
		w.class[text] |= class
	}
}

// addVerb adds the forms of a verb; of one that is also a noun, the form in -ed only.
func (w *englishWords) addVerb(verb string, noun bool) {
	stem := strings.TrimSuffix(verb, "e")
	past := []string{stem + "ed"}
	if y, ok := strings.CutSuffix(verb, "y"); ok && len(y) > 1 && !strings.ContainsRune("aeou", rune(y[len(y)-1])) {
		past = []string{y + "ied"}
		w.class[y+"ies"] |= stopWord | verbWord
	}
	for _, form := range past {
		w.class[form] |= stopWord | verbWord
	}
	if noun {
		return
	}
	w.class[verb] |= stopWord | verbWord
	w.class[verb+"s"] |= stopWord | verbWord
	w.class[stem+"es"] |= stopWord | verbWord
	w.class[stem+"ing"] |= stopWord | verbWord
}

// of returns the class of a word in any case; 0 when it is in no list.
func (w *englishWords) of(text string) wordClass {
	var lower [24]byte
	if len(text) > len(lower) {
		return 0
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	return w.class[string(lower[:len(text)])]
}
