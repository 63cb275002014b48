package concept

import (
	"strings"
	"sync"
)

// wordClass says what an English word does in a phrase.
type wordClass uint16

const (
	stopWord    wordClass = 1 << iota // ends a phrase: article, pronoun, preposition, auxiliary, verb
	genericNoun                       // names no idea by itself
	weakWord                          // an adjective or adverb left out at the head of a phrase
	headNoun                          // ends the names of concepts
	joinWord                          // "and", "or": ends a phrase, and makes lists
	articleWord                       // a determiner or preposition: a noun phrase follows
	verbWord                          // a form of a verb
	thirdPerson                       // a verb's form in -s that may also be a plural
	nounVerb                          // a noun that is a verb too
)

// englishStopWords never stand in the name of a concept.
const englishStopWords = `
be is are was were been being am isn't aren't wasn't weren't do does did done doing don't doesn't didn't have has had having haven't hasn't hadn't can can't cannot could couldn't may might must shall should shouldn't will won't would wouldn't need needs needed
i you he she it we they me him them us myself yourself himself herself itself ourselves themselves who whom whose which what where when why how whether there here this these those that
not no nor never none nothing nobody only just even also too very quite rather so such than then thus hence therefore however though although because since while until unless if else otherwise yet still already again once ever always often sometimes usually mostly almost nearly really actually basically simply especially instead together apart earlier sooner away back off out up down over
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

// englishPlainVerbs are verbs whose participles stand in names as adjectives:
// "filtered search", "steering law".
const englishPlainVerbs = `
abandon absorb accelerate accommodate accompany accomplish accumulate accuse acknowledge activate adhere adjust advertise afford align alleviate alter anticipate approve arrive assemble assert assist attach attract automate await ban behave bet boil bother bounce broaden browse build bury cater circumvent clarify classify clean collaborate collide comply compose comprise conceive condense confine conform conserve constitute constrain construct consult consume contradict cooperate coordinate cope correlate correspond criticize dare debug deceive declare decompose decouple decrypt dedicate deduce degrade delete denote deny deploy deprecate detach deteriorate devise diagnose dictate die diminish disagree disappear discard disclose dislike dismiss dispose distort diverge earn ease eat educate elaborate elicit embed embrace emerge employ empower enact encapsulate enclose encode encrypt endanger endorse enforce engage enlarge enrich enroll ensue entail equip erase err escalate evade evolve exacerbate examine exclude execute exhaust expire explode facilitate fetch fight flatten fly forbid foresee formulate foster fulfil fulfill fuse gather generalize graduate greet hang harm heal hinder ignite imitate impair impede impose impress inherit inhibit initialize initiate injure inquire insert insist instruct insulate interact interfere interpret intervene invite isolate justify laugh lend leverage listen locate lower maximize mediate memorize migrate mimic minimize misbehave mislead misuse mitigate modify motivate multiply navigate necessitate neglect negotiate normalize notify observe oblige omit oppose optimise organise originate oscillate outperform outweigh overestimate overlook oversee owe pack penalize perceive permit persist persuade pile polish pop populate portray pose possess pour praise pray precede predict preclude preempt presume pretend prevail prioritize prohibit prolong promote pronounce propagate prosecute protect protest punish pursue qualify quadruple quantify quit react rearrange reassure rebuild recognise recognize reconcile reconstruct recruit rectify recur recycle redesign rediscover redo refine reform refrain regain regard regulate reinvent relax remedy renew rent reorder rephrase reproduce resemble reside resist resolve restore resume retain rethink retire retrieve revert revise revisit revive rotate sacrifice satisfy saturate scatter schedule scream seal secure seek seize select settle shed shoot shut signify simplify simulate sing sink slip smile soften specialise specialize specify spoil squeeze stabilize steer strengthen strive subscribe succeed summarise summarize surpass surrender surround survive suspect suspend sustain swear swim synchronize tackle terminate thank thrive tolerate transmit triple undergo undermine undertake undo unlock unpack uphold validate vanish verify violate wander warm weaken weigh whisper widen withdraw withhold withstand fooled
`

// englishNounVerbs are nouns that are verbs too: a verb in "it tracks page faults",
// a noun in "audio tracks".
const englishNounVerbs = `
advocate alert amount balance base break bundle capture cause change collapse conduct copy count couple cover damage decline delay deposit display download duplicate edit estimate exchange exhibit experience exploit export filter flip float flow forecast form gain grasp guard guide halt host import impact index inject interface issue jump kick label lag land leak lift limit link load lock log map march mask match measure merge mirror miss mix monitor need notice offset paint parse patch plan plot process profile program project prompt prune query queue race rank rate reason record render repair report request reserve reset result retry return review reward ride rule sample scale scan score search segment serve set shape share shield signal snap sort spin split spot spread stack stall state steal step store stream stress stretch strip study suit support swap sweep switch sync target test tie trace track trade train transfer trap travel trust tune twist update upgrade upload vote wash work wrap write
`

// englishVerbsKeepIng are verbs above whose form in -ing or base form is also a noun of the trade.
const englishVerbsKeepIng = "learn compute schedule train test sort infer scale serve fork sample read write cut name trust share mount switch report issue test trade support change address cost share set state place end view work speed release cause play"

// englishGeneric are nouns that name no idea by themselves.
const englishGeneric = `
sponsor sponsors organiser organisers organizer organizers todo todos lightning breakfast aside asides thesis quote quotes joke meal weather hotel hallway corridor crowd queue-up applause beer drinks snack snacks dessert soup fish bus train flight ticket tickets registration desk swag sticker stickers tshirt t-shirt 
thing things way ways lot lots bit kind kinds type types sort part parts point points case cases example examples problem problems issue issues question questions answer answers idea ideas goal goals reason reasons result results finding findings conclusion conclusions motivation background introduction overview summary outline agenda abstract topic topics subject takeaway takeaways note notes remark remarks comment comments key detail details step steps stage stages approach approaches method methods solution solutions technique techniques challenge challenges benefit benefits advantage advantages disadvantage disadvantages drawback drawbacks pro pros con cons feature area areas field fields people person man woman men women guy guys team teams group groups company companies customer customers user users developer developers student students speaker speakers author authors audience host moderator panelist panelists professor researcher researchers engineer engineers expert experts somebody someone everybody everyone anybody anyone nobody talk talks session sessions keynote panel paper papers slide slides book books article post posts blog link links page pages site website demo demos q a qa year years month months week weeks day days hour hours minute minutes second seconds time times moment number numbers amount size sizes value values level levels rate rates range half quarter tenth percent place places side end start beginning middle top bottom front rest left right world life work job jobs task tasks project projects effort efforts experience experiences story stories history future today stuff set list lists line lines word words name names term terms form forms order others fact facts truth sense difference differences change changes improvement improvements effect effects impact use uses usage support help need needs chance opportunity risk risks success failure failures mistake mistakes trick tricks tip tips rule rules money price cost costs version versions option options choice choices piece pieces item items everything anything something lunch coffee break dinner room hall city country morning afternoon evening night picture pictures figure figures photo image table chart yes no ok news event events conference workshop meeting meetup summit course class lecture tutorial poster posters award prize gap gaps trouble question context future discussion discussions opening closing welcome remarks introduction motivation contribution contributions evaluation experiment experiments setup related work limitations limitation acknowledgements references reference appendix weak point strength strengths weakness weaknesses good bad best worst pain nothing concerns concern lesson lessons plan plans state status purpose focus role function functions meaning attempt insight insights observation observations assumption assumptions condition conditions fun joke jokes advice opinion opinions favourite key insight big picture interest interests attention effort share average total sum maximum minimum level center centre
`

// englishWeak are words that are left out at the head of a phrase.
const englishWeak = `
thin thick inconsistent preferred measurable noticeable significant substantial considerable reasonable unreasonable acceptable unacceptable huge tiny unexpected surprising surprisingly weird strange odd funny crazy insane sane proper improper decent solid fancy shiny boring exciting usable unusable favourite favorite massive enormous painful painless tricky clever naive silly honest modest generous brave lovely terrible horrible brutal awful awesome amazing impressive remarkable mere sheer countless numerous multiple so-called upcoming remaining lucky unlucky handy neat sloppy messy improvised careful careless frequent infrequent occasional
new newer newest old older big bigger biggest small smaller smallest large larger largest one ones alone dead alive broken great greater good better best bad worse worst nice cool simple simpler easy easier hard harder hardest difficult fast faster slow slower cheap cheaper long longer short shorter high higher low lower strong stronger weak weaker important interesting different similar various certain specific particular general common usual typical main major minor real true false full entire whole complete recent current former previous original existing possible impossible available necessary useful useless popular famous key core basic key careful clear obvious likely unlikely sure able ready happy sad funny surprising huge tiny rich poor late early right wrong broad narrow deep-ish heavy light modern traditional standard-ish robust-ish powerful expensive big-name well-known so-called state-of-the-art cutting-edge best-in-class total overall extra additional special single multiple numerous entire regular actual proper potential increasing growing non-trivial tricky messy mere massive significant substantial dramatic subtle gentle free meaningful wonderful terrible excellent classic prior following underlying given only true usual-suspect annoying unbounded endless initial final third-party next-generation crazy
`

// englishHeads end the names of concepts of computing and its neighbours, as they do
// in their plural.
const englishHeads = `
abort abstraction acceleration accelerator accountability accuracy acquisition activation actuator adaptation adapter address advertising affordance agency agent aggregation
agreement airlock alarm alert algebra algorithm aliasing alignment allocation allocator allowlist amplification analysis analytics animation annealing annotation anomaly anonymity
anonymization answering antenna anxiety approximation arbitration architecture arena argumentation arithmetic arm array assay assertion assessment asset assignment assistant
association asymmetry atlas attack attention attribution auction audit augmentation authentication authorization autoencoder automata automation automaton autonomy autoscaler
autoscaling avatar averaging avoidance awareness axiom backdoor backend backfill backlog backoff backpressure backpropagation backtracking backup balancer balancing bandit bandwidth
barrier base baseline batching battery beacon belief benchmark bias binding biology biomarker biopsy bitmap bloat block blockchain blocklist booking boosting bootstrap borrowing
bound boundary breach broadcast broker browser budget buffer bug burnout bus bypass bytecode cache caching calculus calibration camera canary cancellation captioning capture cascade
catalog catalogue causality censoring censorship certificate certification chain chaining channel chatbot checker checking checklist checkpoint checkpointing checks checksum chip
cipher circuit citation classification classifier clause clearance client clinic clip clock cloning closure cloud cluster clustering code codec coding coefficient coercion cognition
coherence cohort collapse collection collector collision column combinator combinatorics communication comorbidity comparator compartment compatibility compensation compilation
compiler completeness completion complexity compliance composition comprehension compression compromise computation compute computing concurrency conferencing confidentiality
configuration confounder confounding congestion conjecture connectivity connector consensus consent conservation consistency constant construction consultation consumption container
containment contention continuation contract control controller convention convergence conversion convolution cookie cooling coordination coprocessor coroutine corpus correction
correctness correlation corruption counter counterexample coupling coverage cracking crash crawler credential criterion crosstalk crowdsourcing cryptanalysis cryptography
cryptosystem curation cursor curve cutoff dashboard data database dataframe dataset deadlock debugger debugging decay deception decoder decoding decomposition deduction
deduplication deepfake defense degeneration degradation delay delegation delivery denoising density dependency deployment deprecation derivation descent descriptor design detection
detector determinism device diagnosis diagnostics diagram dialect dialogue dictionary diet differentiation diffusion dilemma directive disaggregation disambiguation disclosure
discount discourse discovery discrepancy discrimination disinformation disparity dispatch displacement display dissemination distance distillation distortion distribution divergence
diversity docking domain dose downtime drift driver drone dropout duplication durability dynamics eavesdropping ecosystem editing effect elasticity elimination embedding emission
emulator enclave encoder encoding encryption endpoint energy enforcement engagement engine engineering enhancement entitlement entropy enumeration environment enzyme epidemic
epidemiology epoch equation equilibrium equity erasure error escalation escape estimate estimation estimator ethics ethnography etiquette evaluation eviction evolution exception
exclusion execution exoskeleton expander explanation exploit exploitation exploration exponent exposure expression extension extraction extractor fabric factor factorization fading
failover fairness fallacy fallback fatigue fault feature federation feedback fencing fidelity file filesystem filter filtering fine-tuning fingerprint fingerprinting firewall
firmware fixture flag flash flow folding footprint force forecasting forensics forest forgery formalism format formula formulation fragmentation framework framing fraud freshness
friction frontend fuel function functor fusion fuzzer fuzzing gadget gain game gaming garbage gate gateway gaze generalization generation generator generics genome genomics geometry
gesture gossip governance gradient grammar granularity graph graphics grasp grasping grid grounding guarantee guard guidance guideline hallucination handler handling handoff
handover handshake handwriting haptics harassment hardening hardness hardware harvesting hash hashing hazard header headset heap heartbeat heatmap heuristic hierarchy hijacking
histogram homomorphism honeypot hook hypervisor hypothesis idempotency identification identifier identity illumination illusion imaging immunity impairment imputation incentive
incident inclusion incompleteness independence index indexing indicator indices induction inequality infection inference informatics infrastructure ingestion ingress inheritance
initialization injection inlining insertion inspection instability instruction instrumentation integration integrity intelligence intent interaction interception interchange
interface interference interleaving internals interoperability interpolation interpretability interpretation interpreter interrupt intervention interview intrusion invalidation
invariant inventory inversion investigation isolation isomorphism iteration iterator jailbreak jitter join journaling journalism judge kernel key kinematics knowledge label labeling
landmark landscape language laser latency lattice law layer layout leak leakage learning lease lemma lens lesion liability library lidar lifecycle lifetimes limit limiting lineage
linearizability linguistics linkage linker linking lint linter literacy liveness locality localization lock locking locomotion log logging logic lookup loop loss lossiness machine
magnet mainframe maintainability maintenance malware management manipulation manipulator mapping maps market marshalling mask masking matching materialization matrix measurement
mechanism mediation memoization memory merge mesh meshing message meta-analysis metabolism metadata metric microarchitecture microcode microcontroller microservice middleware
migration minimization mining misconfiguration misinformation mismatch mitigation mixture mobility modality mode model modeling modelling moderation modularity modulation module
monad monitoring morbidity mortality motif motion motor multicast multiplexing multiplication mutation mutex namespace naming narrative navigation negotiation network networking
neuron neuroscience neutrality noise nonce normalization notation notebook notification nudging obfuscation object objective obligation observability occlusion odometry offload
offloading omics onboarding ontology opacity operating operation operator optics optimality optimisation optimization optimizer oracle orchestration ordering outage outcome outlier
outlining overfitting overflow overhead overlay overload overloading oversight overwriting ownership packet packing padding pagination panic paradigm paradox parallax parallelism
parameter parity parser parsing participation partition partitioner partitioning passing password patch patching path patient pattern payload payment peering penalty perception
percolation performance permissions persistence personalization perturbation phase phenotype philosophy phishing photogrammetry physics pinning pipeline pipelining pixel placebo
placement planner planning plasticity platform plugin pointer poisoning polarization policy polling polymorphism polynomial polytope pool pooling portability posture precision
predicate prediction predictor preemption preference prefetching preprocessing presence preservation pretraining primitive principle prior prioritization priority privacy
probability probe procedure process processing processor production profile profiler profiling profit prognosis program programming projection projector promise prompt prompting
proof propagation propeller prosody prosthesis protection protein protocol prototype prototyping provenance prover proving provisioning proxy pruning psychology pulse quality
quantization qubit query queue quorum quota race radar radio radiology randomization randomness ranking rate-limiting rationale readability reality reasoning receptor recidivism
recognition recommendation recommender reconstruction record recovery recurrence recursion redaction redistribution reduction redundancy refactoring referee referral refinement
reflection refresh refutation region registration registry regression regret regularization reinforcement relation relaxation relay release reliability remediation reminder remix
remote rendering rental repair reparameterization replay replica replication repository representation representativeness repudiation reputation request reranking reservation reset
residual resilience resistance resistor resolution resource responsibility responsiveness restart restoration retention retransmission retrieval retrofit retry reuse reversal
revocation reward rewriter rewriting rhetoric rights rigidity robot robotics robustness rollback rollout rotation rounding roundtrip router routing rule-engine ruleset runtime
safety saliency sampler sampling sandbox sandboxing sanitizer satisfaction satisfiability saturation scaffold scaffolding scalability scaling scan scanner scanning schedulability
scheduler scheduling schema science score scoring screen screening script scripting sealing search secrecy secret security segmentation selection semantics sensing sensor separation
sequence sequencing serializability serialization server service serving shader shading shadow sharding sharing sharpening shell shift shifting shrinkage sickness side-channel
sidecar signal signalling signature silo similarity simplification simulation simulator singularity skeleton sketch skew slam slice slicing smartphone smell smoothing snapshot
sniffing sociology socket software solver solving sorting soundness sourcing sovereignty space spanner sparsity specification spectrum speculation speech splatting splitting
spoofing spraying squeezing stability stack staging stakeholder standardization startup starvation statistics stealing steering steganography stemming stereo stereotype stewardship
stigma stimulation storage store storm storytelling straggler strategy stream streamer streaming stride structure stub stuffing subgraph subnet subroutine substrate subtyping
summarization supercomputer superposition supervision surface survey survival swapping swarm switch switching symbol symptom synapse synchronization syndrome syntax synthesis
syscall system tactics tactile tagging takeover tamper targeting taxonomy telemetry teleoperation teleportation template tenancy tenant tensor termination test testing text theorem
theory therapy thermostat thread threading threat threshold throttling throughput ticket tiering tiling time-travel timeout timer timestamp token tokenization tokenizer tolerance
tomography tool tooling topology torque touchscreen trace traceability tracing tracker tracking trade-off tradeoff traffic trainer training trajectory transaction transcoding
transcript transcription transducer transfer transform transformation transformer transistor transition translation transmission transparency transplant transport traversal
treatment tree treebank triage trial trie trigger trojan trust tuning tunnel tunneling turbulence turn-taking type typestate typing typography uncertainty understanding unification
unlearning unrolling update upgrade upscaling usability utilisation utilization vaccine validation validator variable variance vector vectorization ventilation verifiability
verification verifier versioning video viewport views virtualisation virtualization vision visualization vocabulary volatility voltage vote voting vulnerability walk walkthrough
warehouse watchdog watermark watermarking waveform wavelet wearable webhook weight whitelist widget wildcard window windowing wireframe wizard workflow workload worm wrapper
`

// englishWords is the table that the lists above make.
type englishWords struct {
	class map[string]wordClass
}

// englishTables returns the table, which is made once: it does not change.
var englishTables = sync.OnceValue(newEnglishWords)

func newEnglishWords() *englishWords {
	w := &englishWords{class: make(map[string]wordClass, 4000)}
	w.addAll(englishStopWords, stopWord)
	w.addAll(englishArticles, stopWord|articleWord)
	w.addAll("and or plus but nor &", stopWord|joinWord)
	keep := setOf(englishVerbsKeepIng)
	for _, verb := range strings.Fields(englishVerbs) {
		w.addVerb(verb, keep[verb])
	}
	for _, verb := range strings.Fields(englishPlainVerbs) {
		w.addPlainVerb(verb)
	}
	for _, verb := range strings.Fields(englishNounVerbs) {
		w.class[verb] |= nounVerb
		w.class[plural(verb)] |= thirdPerson
	}
	w.addAll(englishGeneric, genericNoun)
	w.addAll(englishWeak, weakWord)
	for _, noun := range strings.Fields(englishHeads) {
		w.class[noun] |= headNoun
		w.class[plural(noun)] |= headNoun
	}
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

// addPlainVerb adds the forms of a verb that are no participles; its form in -ing
// is only told to be of a verb.
func (w *englishWords) addPlainVerb(verb string) {
	w.class[verb] |= stopWord | verbWord
	w.class[plural(verb)] |= stopWord | verbWord
	w.class[strings.TrimSuffix(verb, "e")+"ing"] |= verbWord
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

// plural returns the regular plural of an English noun.
func plural(noun string) string {
	last := len(noun) - 1
	switch {
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "sh"):
		return noun + "es"
	case noun[last] == 'y' && !strings.ContainsRune("aeou", rune(noun[last-1])):
		return noun[:last] + "ies"
	default:
		return noun + "s"
	}
}
