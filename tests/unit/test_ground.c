/* ground: what noun phrases refer to, on fixture trees.
 * A case is a text, the token asked for and its actors as "IRN GOV, PRK"; "-" is a mention without
 * actors, "?" an actor without code, "" no mention at all. */
#include "cmocka_all.h"

#include "base/buf.h"
#include "fixture.h"
#include "ground/ground.h"
#include "ground/ground_priv.h"
#include "parse/parse.h"

#include <stdio.h>

/* ---- the bench ---- */

typedef struct bench {
    dgm_arena *arena;
    dgm_grounder *grounder;
    dgm_pack pack;
} bench;

static dgm_status load(void *payload)
{
    bench *b = payload;
    dgm_error err = {0};
    dgm_status status = dgm_pack_open(&b->pack, "builtin", dgm_pack_builtin(), &err);
    if (status == DGM_OK)
        status = dgm_grounder_load(&b->grounder, b->arena, &b->pack, &err);
    if (status != DGM_OK)
        print_error("%s:%d: %s\n", err.file, (int)err.pos, err.text);
    return status;
}

static int set_up(void **state)
{
    static bench b;
    b.arena = dgm_arena_new();
    *state = &b;
    return dgm_arena_run(b.arena, load, &b) == DGM_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    dgm_arena_free(((bench *)*state)->arena);
    return 0;
}

static size_t write_actor(char *out, size_t size, const dgm_actor *actor)
{
    size_t len = (size_t)snprintf(out, size, "%s", actor->code ? actor->code : "?");
    for (int i = 0; i < DGM_ACTOR_SECTORS && actor->sectors[i]; i++)
        len += (size_t)snprintf(out + len, size - len, " %s",
                                dgm_sector_name((dgm_sector)actor->sectors[i]));
    return len;
}

static void write_actors(char *out, size_t size, dgm_actors actors)
{
    size_t len = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < actors.count && len < size; i++) {
        if (i)
            len += (size_t)snprintf(out + len, size - len, ", ");
        len += write_actor(out + len, size - len, &actors.items[i]);
    }
}

typedef struct asking {
    bench *bench;
    dgm_arena *arena;
    const char *conllu, *title, *date, *form;
    uint32_t sentence, nth;
    bool with_conjuncts;
    char actors[256], words[256];
    dgm_mention mention;
    dgm_place place;
    dgm_document *document;
} asking;

static void give_document(asking *it, dgm_text *text)
{
    if (!it->title && !it->date)
        return;
    dgm_status status = dgm_document_new(&it->document, DGM_STR("t"), dgm_str_of(it->title),
                                         dgm_str_of(it->date), text->bytes, NULL);
    assert_int_equal(status, DGM_OK);
    text->document = it->document;
}

static dgm_status ask(void *payload)
{
    asking *it = payload;
    dgm_text *text = dgm_fixture_text(it->arena, it->conllu);
    give_document(it, text);
    dgm_grounded *grounded = dgm_ground_document(it->bench->grounder, it->arena, text);
    if (!it->form) {
        write_actors(it->actors, sizeof it->actors, grounded->title_actors);
        return DGM_OK;
    }
    int32_t token = dgm_fixture_token(text, it->sentence, it->form, it->nth);
    assert_true(token >= 0);
    const dgm_grounded_sentence *sentence = &grounded->sentences[it->sentence];
    const dgm_mention *mention = sentence->mentions[token];
    if (!mention)
        return DGM_OK;
    it->mention = *mention;
    if (mention->place)
        it->place = *mention->place;
    dgm_str words = dgm_span_of(text->bytes, mention->span);
    (void)snprintf(it->words, sizeof it->words, "%.*s", DGM_FMT(words));
    write_actors(it->actors, sizeof it->actors,
                 dgm_ground_actors(sentence, it->arena, token, it->with_conjuncts));
    if (!it->actors[0])
        (void)snprintf(it->actors, sizeof it->actors, "-");
    return DGM_OK;
}

static asking run(void **state, asking it)
{
    it.bench = *state;
    it.arena = dgm_arena_new();
    assert_int_equal(dgm_arena_run(it.arena, ask, &it), DGM_OK);
    dgm_arena_free(it.arena);
    dgm_document_free(it.document);
    return it;
}

#define EXPECT(text, at, word, wanted)                                                             \
    do {                                                                                           \
        asking it_ = run(state, (asking){.conllu = (text), .sentence = (at), .form = (word)});     \
        assert_string_equal(it_.actors, wanted);                                                   \
    } while (0)

/* ---- the fixture itself ---- */

static dgm_status read_fixture(void *payload)
{
    const dgm_text *text = dgm_fixture_text(payload, "# kind = title\n"
                                                     "Talks talk NOUN NNS 0 root\n"
                                                     "\n"
                                                     "# paragraph\n"
                                                     "# dateline = PARIS (AFP) -\n"
                                                     "They they PRON PRP 2 nsubj\n"
                                                     "met meet VERB VBD 0 root\n"
                                                     ". . PUNCT . 2 punct g\n");
    assert_int_equal(text->count, 2);
    assert_int_equal(text->sentences[0].kind, DGM_SENTENCE_TITLE);
    assert_int_equal(text->sentences[1].paragraph, 1);
    assert_true(dgm_str_is(text->bytes, "Talks\nPARIS (AFP) - They met.\n"));
    assert_int_equal(text->sentences[1].tokens[0].head, 1);
    uint32_t feats = text->sentences[1].tokens[1].feats;
    assert_int_equal(feats & (DGM_FEAT_PAST | DGM_FEAT_FINITE), DGM_FEAT_PAST | DGM_FEAT_FINITE);
    assert_int_equal(dgm_fixture_token(text, 1, ".", 0), 2);
    return DGM_OK;
}

static void fixture_reads_literals(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    assert_int_equal(dgm_arena_run(arena, read_fixture, arena), DGM_OK);
    dgm_arena_free(arena);
}

/* ---- names and roles ---- */

static void names_are_states(void **state)
{
    const char *text = "Iran Iran PROPN NNP 4 nsubj\n"
                       "and and CCONJ CC 3 cc\n"
                       "Syria Syria PROPN NNP 1 conj\n"
                       "met meet VERB VBD 0 root\n"
                       "envoys envoy NOUN NNS 4 obj\n";
    EXPECT(text, 0, "Iran", "IRN");
    EXPECT(text, 0, "met", "");
    asking it = run(state, (asking){.conllu = text, .form = "Iran", .with_conjuncts = true});
    assert_string_equal(it.actors, "IRN, SYR");
    assert_int_equal(it.mention.kind, DGM_MENTION_STATE);
    assert_string_equal(it.place.country, "IRN");
}

static void adjectives_place_roles(void **state)
{
    const char *text = "Iranian Iranian ADJ JJ 2 amod\n"
                       "troops troops NOUN NNS 3 nsubj\n"
                       "left leave VERB VBD 0 root\n"
                       "the the DET DT 8 det\n"
                       "three three NUM CD 8 nummod\n"
                       "Syrian syrian ADJ JJ 8 amod\n"
                       "cargo cargo NOUN NN 8 compound\n"
                       "planes plane NOUN NNS 3 obj\n";
    EXPECT(text, 0, "troops", "IRN MIL");
    asking it = run(state, (asking){.conllu = text, .form = "planes"});
    assert_string_equal(it.actors, "SYR");
    assert_int_equal(it.mention.kind, DGM_MENTION_THING);
    assert_string_equal(it.words, "the three Syrian cargo planes");
}

/* Whatever heads the name, the same person. */
static void titles_place_unknown_persons(void **state)
{
    const char *last_head = "Iranian Iranian ADJ JJ 5 amod\n"
                            "Foreign foreign PROPN NNP 3 compound\n"
                            "Minister minister PROPN NNP 5 compound\n"
                            "Bahram Bahram PROPN NNP 5 compound\n"
                            "Gholi Gholi PROPN NNP 6 nsubj\n"
                            "left leave VERB VBD 0 root\n"
                            "\n"
                            "Gholi Gholi PROPN NNP 2 nsubj\n"
                            "spoke speak VERB VBD 0 root\n";
    const char *first_head = "Iranian Iranian ADJ JJ 3 amod\n"
                             "Foreign foreign PROPN NNP 3 amod\n"
                             "Minister minister PROPN NNP 6 nsubj\n"
                             "Bahram Bahram PROPN NNP 3 flat\n"
                             "Gholi Gholi PROPN NNP 4 flat\n"
                             "left leave VERB VBD 0 root\n"
                             "\n"
                             "Gholi Gholi PROPN NNP 2 nsubj\n"
                             "spoke speak VERB VBD 0 root\n";
    const char *apposed = "The the DET DT 4 det\n"
                          "Iranian Iranian ADJ JJ 4 amod\n"
                          "foreign foreign ADJ JJ 4 amod\n"
                          "minister minister NOUN NN 8 nsubj\n"
                          ", , PUNCT , 7 punct g\n"
                          "Bahram Bahram PROPN NNP 7 compound\n"
                          "Gholi Gholi PROPN NNP 4 appos\n"
                          "left leave VERB VBD 0 root\n"
                          "\n"
                          "Gholi Gholi PROPN NNP 2 nsubj\n"
                          "spoke speak VERB VBD 0 root\n";
    EXPECT(last_head, 0, "Gholi", "IRN GOV");
    EXPECT(last_head, 1, "Gholi", "IRN GOV");
    EXPECT(first_head, 0, "Minister", "IRN GOV");
    EXPECT(first_head, 1, "Gholi", "IRN GOV");
    EXPECT(apposed, 0, "minister", "IRN GOV");
    EXPECT(apposed, 0, "Gholi", "IRN GOV");
    EXPECT(apposed, 1, "Gholi", "IRN GOV");
}

static void appositions_place_names(void **state)
{
    EXPECT("Bahram Bahram PROPN NNP 2 compound\n"
           "Gholi Gholi PROPN NNP 9 nsubj\n"
           ", , PUNCT , 6 punct g\n"
           "the the DET DT 6 det\n"
           "foreign foreign ADJ JJ 6 amod\n"
           "minister minister NOUN NN 2 appos\n"
           "of of ADP IN 8 case\n"
           "Iran Iran PROPN NNP 6 nmod\n"
           "left leave VERB VBD 0 root\n",
           0, "Gholi", "IRN GOV");
}

static void compounds_win_over_places(void **state)
{
    const char *text = "the the DET DT 3 det\n"
                       "DPRK DPRK PROPN NNP 3 compound\n"
                       "diplomats diplomat NOUN NNS 6 nsubj\n"
                       "in in ADP IN 5 case\n"
                       "Tehran Tehran PROPN NNP 3 nmod\n"
                       "left leave VERB VBD 0 root\n";
    EXPECT(text, 0, "diplomats", "PRK GOV");
    asking it = run(state, (asking){.conllu = text, .form = "Tehran"});
    assert_string_equal(it.actors, "IRN");
    assert_int_equal(it.mention.kind, DGM_MENTION_PLACE);
    assert_string_equal(it.place.country, "IRN");
}

static void abroad_roles_are_not_placed_by_in(void **state)
{
    EXPECT("Diplomats diplomat NOUN NNS 4 nsubj\n"
           "in in ADP IN 3 case\n"
           "Syria Syria PROPN NNP 1 nmod\n"
           "left leave VERB VBD 0 root\n",
           0, "Diplomats", "? GOV");
    EXPECT("Police police NOUN NNS 4 nsubj\n"
           "in in ADP IN 3 case\n"
           "Syria Syria PROPN NNP 1 nmod\n"
           "left leave VERB VBD 0 root\n",
           0, "Police", "SYR COP");
    EXPECT("Troops troops NOUN NNS 4 nsubj\n"
           "from from ADP IN 3 case\n"
           "Chad Chad PROPN NNP 1 nmod\n"
           "left leave VERB VBD 0 root\n",
           0, "Troops", "TCD MIL");
}

static void possessors_place(void **state)
{
    EXPECT("North North PROPN NNP 2 compound\n"
           "Korea Korea PROPN NNP 5 nmod:poss\n"
           "'s 's PART POS 2 case g\n"
           "foreign foreign ADJ JJ 5 amod\n"
           "minister minister NOUN NN 6 nsubj\n"
           "left leave VERB VBD 0 root\n",
           0, "minister", "PRK GOV");
    EXPECT("Iran Iran PROPN NNP 3 nmod:poss\n"
           "'s 's PART POS 1 case g\n"
           "economy economy NOUN NN 4 nsubj\n"
           "grew grow VERB VBD 0 root\n",
           0, "economy", "IRN");
}

static void two_adjectives_are_two_actors(void **state)
{
    EXPECT("Iranian Iranian ADJ JJ 4 amod\n"
           "and and CCONJ CC 3 cc\n"
           "Syrian Syrian ADJ JJ 1 conj\n"
           "troops troops NOUN NNS 5 nsubj\n"
           "left leave VERB VBD 0 root\n",
           0, "troops", "IRN MIL, SYR MIL");
    EXPECT("the the DET DT 3 det\n"
           "foreign foreign ADJ JJ 3 amod\n"
           "ministers minister NOUN NNS 8 nsubj\n"
           "of of ADP IN 5 case\n"
           "Iran Iran PROPN NNP 3 nmod\n"
           "and and CCONJ CC 7 cc\n"
           "Syria Syria PROPN NNP 5 conj\n"
           "left leave VERB VBD 0 root\n",
           0, "ministers", "IRN GOV, SYR GOV");
}

static void which_name_owns(void **state)
{
    EXPECT("Iran Iran PROPN NNP 4 compound\n"
           "- - PUNCT HYPH 3 punct g\n"
           "Hezbollah Hezbollah PROPN NNP 1 conj g\n"
           "talks talk NOUN NNS 5 nsubj\n"
           "failed fail VERB VBD 0 root\n",
           0, "talks", "IRN, HEZBOLLAH REB");
    EXPECT("Syrian Syrian ADJ JJ 3 amod\n"
           "Hezbollah Hezbollah PROPN NNP 3 compound\n"
           "troops troops NOUN NNS 4 nsubj\n"
           "left leave VERB VBD 0 root\n",
           0, "troops", "HEZBOLLAH REB MIL");
}

static void conjunct_roles_share_the_adjective(void **state)
{
    EXPECT("Iranian Iranian ADJ JJ 2 amod\n"
           "troops troops NOUN NNS 5 nsubj\n"
           "and and CCONJ CC 4 cc\n"
           "diplomats diplomat NOUN NNS 2 conj\n"
           "left leave VERB VBD 0 root\n",
           0, "diplomats", "IRN GOV");
}

static void against_and_backed_do_not_place(void **state)
{
    EXPECT("Iran Iran PROPN NNP 3 compound\n"
           "- - PUNCT HYPH 1 punct g\n"
           "backed back VERB VBN 4 amod g\n"
           "troops troops NOUN NNS 5 nsubj\n"
           "left leave VERB VBD 0 root\n",
           0, "troops", "? MIL");
    EXPECT("anti anti ADJ AFX 3 amod\n"
           "- - PUNCT HYPH 3 punct g\n"
           "Iranian Iranian ADJ JJ 4 amod g\n"
           "troops troops NOUN NNS 5 nsubj\n"
           "left leave VERB VBD 0 root\n",
           0, "troops", "? MIL");
    EXPECT("Syrian Syrian ADJ JJ 3 amod\n"
           "- - PUNCT HYPH 3 punct g\n"
           "led lead VERB VBN 4 amod g\n"
           "troops troops NOUN NNS 5 nsubj\n"
           "left leave VERB VBD 0 root\n",
           0, "troops", "SYR MIL");
}

static void counting_heads_pass_through(void **state)
{
    EXPECT("Hundreds hundred NOUN NNS 5 nsubj\n"
           "of of ADP IN 4 case\n"
           "Iranian Iranian ADJ JJ 4 amod\n"
           "troops troops NOUN NNS 1 nmod\n"
           "left leave VERB VBD 0 root\n",
           0, "Hundreds", "IRN MIL");
    EXPECT("the the DET DT 3 det\n"
           "Iraqi Iraqi ADJ JJ 3 amod\n"
           "wing wing NOUN NN 6 nsubj\n"
           "of of ADP IN 5 case\n"
           "ISIL ISIL PROPN NNP 3 nmod\n"
           "fought fight VERB VBD 0 root\n",
           0, "wing", "ISIL REB");
}

static void relative_clauses_are_outside(void **state)
{
    const char *text = "the the DET DT 2 det\n"
                       "troops troops NOUN NNS 7 nsubj\n"
                       "who who PRON WP 4 nsubj\n"
                       "fought fight VERB VBD 2 acl:relcl\n"
                       "Iranian Iranian ADJ JJ 6 amod\n"
                       "rebels rebel NOUN NNS 4 obj\n"
                       "left leave VERB VBD 0 root\n";
    asking it = run(state, (asking){.conllu = text, .form = "troops"});
    assert_string_equal(it.actors, "? MIL");
    assert_string_equal(it.words, "the troops");
    assert_int_equal(it.mention.basis, DGM_MENTION_BARE);
}

/* ---- chains ---- */

static void pairs_come_from_the_title(void **state)
{
    const char *text = "both both DET DT 2 det\n"
                       "countries country NOUN NNS 3 nsubj\n"
                       "signed sign VERB VBD 0 root\n"
                       "\n"
                       "agencies agency NOUN NNS 5 nsubj\n"
                       "of of ADP IN 4 case\n"
                       "the the DET DT 4 det\n"
                       "countries country NOUN NNS 1 nmod\n"
                       "agreed agree VERB VBD 0 root\n";
    asking it = run(state, (asking){.conllu = text,
                                    .title = "Iran\xE2\x80\x93North Korea relations",
                                    .form = "countries"});
    assert_string_equal(it.actors, "IRN, PRK");
    assert_int_equal(it.mention.basis, DGM_MENTION_CHAIN);
    it = run(state, (asking){.conllu = text,
                             .title = "Iran\xE2\x80\x93North Korea relations",
                             .sentence = 1,
                             .form = "countries"});
    assert_string_equal(it.actors, "IRN, PRK");
    it = run(state, (asking){.conllu = text, .form = "countries"});
    assert_string_equal(it.actors, "");
}

static void roles_of_a_pair_are_two(void **state)
{
    asking it = run(state, (asking){.conllu = "official official ADJ JJ 3 amod\n"
                                              "news news NOUN NN 3 compound\n"
                                              "agencies agency NOUN NNS 8 nsubj\n"
                                              "of of ADP IN 7 case\n"
                                              "the the DET DT 7 det\n"
                                              "two two NUM CD 7 nummod\n"
                                              "countries country NOUN NNS 3 nmod\n"
                                              "agreed agree VERB VBD 0 root\n",
                                    .title = "Iran-Syria relations",
                                    .form = "agencies"});
    assert_string_equal(it.actors, "IRN MED, SYR MED");
    assert_string_equal(it.words, "official news agencies of the two countries");
}

static void pairs_come_from_lists(void **state)
{
    EXPECT("Iran Iran PROPN NNP 4 nsubj\n"
           "and and CCONJ CC 3 cc\n"
           "Syria Syria PROPN NNP 1 conj\n"
           "met meet VERB VBD 0 root\n"
           "\n"
           "The the DET DT 3 det\n"
           "two two NUM CD 3 nummod\n"
           "countries country NOUN NNS 4 nsubj\n"
           "agreed agree VERB VBD 0 root\n"
           "to to PART TO 6 mark\n"
           "help help VERB VB 4 xcomp\n"
           "each each DET DT 8 det\n"
           "other other ADJ JJ 6 obj\n",
           1, "countries", "IRN, SYR");
}

static void they_are_the_subject(void **state)
{
    const char *text = "Iran Iran PROPN NNP 4 nsubj\n"
                       "and and CCONJ CC 3 cc\n"
                       "Syria Syria PROPN NNP 1 conj\n"
                       "met meet VERB VBD 0 root\n"
                       "\n"
                       "They they PRON PRP 2 nsubj\n"
                       "accused accuse VERB VBD 0 root\n"
                       "each each DET DT 4 det\n"
                       "other other ADJ JJ 2 obj\n";
    EXPECT(text, 1, "They", "IRN, SYR");
    EXPECT(text, 1, "other", "IRN, SYR");
    EXPECT("Iranian Iranian ADJ JJ 2 amod\n"
           "plans plan NOUN NNS 3 nsubj\n"
           "failed fail VERB VBD 0 root\n"
           "because because SCONJ IN 7 mark\n"
           "they they PRON PRP 7 nsubj\n"
           "were be AUX VBD 7 cop\n"
           "bad bad ADJ JJ 3 advcl\n",
           0, "they", "");
}

static void he_is_the_last_person(void **state)
{
    const char *text = "once once SCONJ IN 4 mark\n"
                       "Iranian iranian ADJ JJ 3 amod\n"
                       "President president PROPN NNP 4 nsubj\n"
                       "fixed fix VERB VBD 9 advcl\n"
                       "his his PRON PRP$ 6 nmod:poss\n"
                       "rule rule NOUN NN 4 obj\n"
                       "Syrian syrian ADJ JJ 8 amod\n"
                       "diplomats diplomat NOUN NNS 9 nsubj\n"
                       "distanced distance VERB VBD 0 root\n"
                       "themselves themselves PRON PRP 9 obj\n"
                       "from from ADP IN 12 case\n"
                       "him he PRON PRP 9 obl\n";
    EXPECT(text, 0, "his", "IRN GOV");
    EXPECT(text, 0, "rule", "IRN");
    EXPECT(text, 0, "themselves", "SYR GOV");
    EXPECT(text, 0, "him", "IRN GOV");
}

static void it_is_a_state_or_nothing(void **state)
{
    EXPECT("Iran Iran PROPN NNP 2 nsubj\n"
           "said say VERB VBD 0 root\n"
           "its its PRON PRP$ 4 nmod:poss\n"
           "troops troops NOUN NNS 5 nsubj\n"
           "left leave VERB VBD 2 ccomp\n",
           0, "troops", "IRN MIL");
    EXPECT("Iran Iran PROPN NNP 2 nsubj\n"
           "denied deny VERB VBD 0 root\n"
           "that that SCONJ IN 5 mark\n"
           "it it PRON PRP 5 nsubj\n"
           "fired fire VERB VBD 2 ccomp\n",
           0, "it", "IRN");
    EXPECT("Iran Iran PROPN NNP 2 nsubj\n"
           "knows know VERB VBZ 0 root\n"
           "it it PRON PRP 5 nsubj\n"
           "is be AUX VBZ 5 cop\n"
           "clear clear ADJ JJ 2 ccomp\n"
           "that that SCONJ IN 8 mark\n"
           "war war NOUN NN 8 nsubj\n"
           "comes come VERB VBZ 5 ccomp\n",
           0, "it", "");
}

static void relatives_mean_their_antecedent(void **state)
{
    EXPECT("the the DET DT 3 det\n"
           "Iranian Iranian ADJ JJ 3 amod\n"
           "troops troops NOUN NNS 6 nsubj\n"
           "who who PRON WP 5 nsubj\n"
           "fought fight VERB VBD 3 acl:relcl\n"
           "left leave VERB VBD 0 root\n",
           0, "who", "IRN MIL");
}

static void groups_are_kept_as_lists(void **state)
{
    const char *text = "the the DET DT 2 det\n"
                       "Taliban Taliban PROPN NNP 9 nsubj\n"
                       ", , PUNCT , 4 punct g\n"
                       "Hezbollah Hezbollah PROPN NNP 2 conj\n"
                       "and and CCONJ CC 7 cc\n"
                       "the the DET DT 7 det\n"
                       "wing wing NOUN NN 2 conj\n"
                       "of of ADP IN 10 case\n"
                       "fought fight VERB VBD 0 root\n"
                       "ISIL ISIL PROPN NNP 7 nmod\n"
                       "\n"
                       "Iran Iran PROPN NNP 2 nsubj\n"
                       "suppressed suppress VERB VBD 0 root\n"
                       "these these DET DT 4 det\n"
                       "organizations organization NOUN NNS 2 obj\n";
    EXPECT(text, 1, "organizations", "TALIBAN REB, HEZBOLLAH REB, ISIL REB");
}

static void the_minister_is_the_last_minister(void **state)
{
    EXPECT("Iranian Iranian ADJ JJ 3 amod\n"
           "Foreign foreign PROPN NNP 3 amod\n"
           "Minister minister PROPN NNP 6 nsubj\n"
           "Bahram Bahram PROPN NNP 3 flat\n"
           "Gholi Gholi PROPN NNP 4 flat\n"
           "left leave VERB VBD 0 root\n"
           "\n"
           "The the DET DT 2 det\n"
           "minister minister NOUN NN 3 nsubj\n"
           "spoke speak VERB VBD 0 root\n",
           1, "minister", "IRN GOV");
}

static void home_places_bare_roles(void **state)
{
    const char *text = "# dateline = CAIRO, Dec 2 (AFP) -\n"
                       "Egypt Egypt PROPN NNP 2 nsubj\n"
                       "voted vote VERB VBD 0 root\n"
                       "\n"
                       "Police police NOUN NNS 2 nsubj\n"
                       "said say VERB VBD 0 root\n"
                       "foreign foreign ADJ JJ 4 amod\n"
                       "troops troops NOUN NNS 5 nsubj\n"
                       "left leave VERB VBD 2 ccomp\n";
    asking it = run(state, (asking){.conllu = text, .sentence = 1, .form = "Police"});
    assert_string_equal(it.actors, "EGY COP");
    assert_int_equal(it.mention.basis, DGM_MENTION_CHAIN);
    EXPECT(text, 1, "troops", "? MIL");
}

static void titles_give_actors(void **state)
{
    const struct {
        const char *title, *actors;
    } cases[] = {{"Iran\xE2\x80\x93North Korea relations", "IRN, PRK"},
                 {"China warns US after Gingrich comments on Taiwan", "CHN, USA, TWN"},
                 {"A day in the hills", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        asking it =
            run(state, (asking){.conllu = "Talks talk NOUN NNS 0 root\n", .title = cases[i].title});
        assert_string_equal(it.actors, cases[i].actors);
    }
}

static void sites_makers_and_the_loyal_are_placed(void **state)
{
    EXPECT("a a DET DT 2 det\n"
           "hospital hospital NOUN NN 5 nsubj\n"
           "in in ADP IN 4 case\n"
           "Syria Syria PROPN NNP 2 nmod\n"
           "burned burn VERB VBD 0 root\n",
           0, "hospital", "SYR");
    EXPECT("a a DET DT 2 det\n"
           "call call NOUN NN 5 nsubj\n"
           "from from ADP IN 4 case\n"
           "Syria Syria PROPN NNP 2 nmod\n"
           "came come VERB VBD 0 root\n",
           0, "call", "SYR");
    EXPECT("troops troops NOUN NNS 6 nsubj\n"
           "loyal loyal ADJ JJ 1 amod\n"
           "to to ADP IN 5 case\n"
           "the the DET DT 5 det\n"
           "Taliban Taliban PROPN NNP 2 obl\n"
           "left leave VERB VBD 0 root\n",
           0, "troops", "TALIBAN REB MIL");
}

static void names_before_nouns_are_mentions(void **state)
{
    asking it = run(state, (asking){.conllu = "Iran Iran PROPN NNP 3 compound\n"
                                              "nuclear nuclear ADJ JJ 3 amod\n"
                                              "talks talk NOUN NNS 4 nsubj\n"
                                              "failed fail VERB VBD 0 root\n",
                                    .form = "Iran"});
    assert_string_equal(it.actors, "IRN");
    assert_null(it.place.name);
}

static void owners_stand_beside(void **state)
{
    EXPECT("Iranian Iranian ADJ JJ 2 amod\n"
           "President president PROPN NNP 6 nsubj\n"
           "and and CCONJ CC 5 cc\n"
           "his his PRON PRP$ 5 nmod:poss\n"
           "ministers minister NOUN NNS 2 conj\n"
           "left leave VERB VBD 0 root\n",
           0, "ministers", "IRN GOV");
    EXPECT("Iran Iran PROPN NNP 2 nsubj\n"
           "mourned mourn VERB VBD 0 root\n"
           "the the DET DT 4 det\n"
           "war war NOUN NN 2 obj\n"
           "and and CCONJ CC 7 cc\n"
           "its its PRON PRP$ 7 nmod:poss\n"
           "end end NOUN NN 4 conj\n",
           0, "its", "");
}

static void definite_roles_mean_the_last_ones(void **state)
{
    const char *one = "Iranian Iranian ADJ JJ 2 amod\n"
                      "troops troops NOUN NNS 3 nsubj\n"
                      "left leave VERB VBD 0 root\n"
                      "\n"
                      "The the DET DT 2 det\n"
                      "troops troops NOUN NNS 3 nsubj\n"
                      "sang sing VERB VBD 0 root\n";
    const char *two = "Iranian Iranian ADJ JJ 2 amod\n"
                      "troops troops NOUN NNS 3 nsubj\n"
                      "fought fight VERB VBD 0 root\n"
                      "Syrian Syrian ADJ JJ 5 amod\n"
                      "troops troops NOUN NNS 3 obj\n"
                      "\n"
                      "The the DET DT 2 det\n"
                      "troops troops NOUN NNS 3 nsubj\n"
                      "sang sing VERB VBD 0 root\n";
    EXPECT(one, 1, "troops", "IRN MIL");
    EXPECT(two, 1, "troops", "? MIL");
}

static void offices_tell_their_state(void **state)
{
    EXPECT("The the DET DT 2 det\n"
           "shah shah NOUN NN 3 nsubj\n"
           "fled flee VERB VBD 0 root\n",
           0, "shah", "IRN GOV");
    const char *told = "Morocco Morocco PROPN NNP 2 nsubj\n"
                       "fought fight VERB VBD 0 root\n"
                       "Spain Spain PROPN NNP 2 obj\n"
                       "\n"
                       "The the DET DT 2 det\n"
                       "sultan sultan NOUN NN 3 nsubj\n"
                       "fled flee VERB VBD 0 root\n";
    EXPECT(told, 1, "sultan", "MAR GOV");
    const char *two = "Morocco Morocco PROPN NNP 2 nsubj\n"
                      "fought fight VERB VBD 0 root\n"
                      "Oman Oman PROPN NNP 2 obj\n"
                      "\n"
                      "The the DET DT 2 det\n"
                      "sultan sultan NOUN NN 3 nsubj\n"
                      "fled flee VERB VBD 0 root\n";
    EXPECT(two, 1, "sultan", "? GOV");
}

static void the_last_word_of_an_organisation_names_it(void **state)
{
    EXPECT("The the DET DT 2 det\n"
           "League League PROPN NNP 5 nsubj\n"
           "of of ADP IN 4 case\n"
           "Nations Nations PROPN NNPS 2 nmod\n"
           "met meet VERB VBD 0 root\n"
           "\n"
           "The the DET DT 2 det\n"
           "League League PROPN NNP 3 nsubj\n"
           "fell fall VERB VBD 0 root\n",
           1, "League", "LEAGUE-OF-NATIONS IGO");
}

static void the_titles_organisation_is_meant(void **state)
{
    const char *text = "NATO NATO PROPN NNP 2 nsubj\n"
                       "met meet VERB VBD 0 root\n"
                       "\n"
                       "Rain rain NOUN NN 2 nsubj\n"
                       "fell fall VERB VBD 0 root\n"
                       "\n"
                       "Rain rain NOUN NN 2 nsubj\n"
                       "fell fall VERB VBD 0 root\n"
                       "\n"
                       "Rain rain NOUN NN 2 nsubj\n"
                       "fell fall VERB VBD 0 root\n"
                       "\n"
                       "Rain rain NOUN NN 2 nsubj\n"
                       "fell fall VERB VBD 0 root\n"
                       "\n"
                       "The the DET DT 2 det\n"
                       "organisation organisation NOUN NN 3 nsubj\n"
                       "grew grow VERB VBD 0 root\n";
    asking it =
        run(state,
            (asking){
                .conllu = text, .sentence = 5, .title = "History of NATO", .form = "organisation"});
    assert_string_equal(it.actors, "NATO IGO");
    it = run(state, (asking){.conllu = text, .sentence = 5, .form = "organisation"});
    assert_string_not_equal(it.actors, "NATO IGO");
}

static void the_clause_tells_where_police_are(void **state)
{
    EXPECT("In in ADP IN 2 case\n"
           "Syria Syria PROPN NNP 4 obl\n"
           "police police NOUN NNS 4 nsubj\n"
           "fired fire VERB VBD 0 root\n",
           0, "police", "SYR COP");
    EXPECT("Police police NOUN NNS 2 nsubj\n"
           "said say VERB VBD 0 root\n"
           "he he PRON PRP 4 nsubj\n"
           "lived live VERB VBD 2 ccomp\n"
           "in in ADP IN 6 case\n"
           "Syria Syria PROPN NNP 4 obl\n",
           0, "Police", "? COP");
}

/* A list of things comes between: "both" is neither of the two states. */
static void both_of_a_list_of_things_are_nobody(void **state)
{
    EXPECT("Iran Iran PROPN NNP 4 nsubj\n"
           "and and CCONJ CC 3 cc\n"
           "Syria Syria PROPN NNP 1 conj\n"
           "built build VERB VBD 0 root\n"
           "roads road NOUN NNS 4 obj\n"
           "and and CCONJ CC 7 cc\n"
           "bridges bridge NOUN NNS 5 conj\n"
           "\n"
           "Both both DET DT 2 nsubj\n"
           "fell fall VERB VBD 0 root\n",
           1, "Both", "");
}

static void set_phrases_are_nobody(void **state)
{
    EXPECT("as as ADP IN 2 case\n"
           "president president NOUN NN 3 obl\n"
           "left leave VERB VBD 0 root\n",
           0, "president", "");
}

/* ---- real sentences, through splitter and parser ---- */

typedef struct reading {
    bench *bench;
    dgm_arena *arena;
    dgm_document *document;
    const char *form;
    uint32_t sentence;
    bool is_skipped;
    char actors[256];
} reading;

static dgm_status read_text(void *payload)
{
    reading *it = payload;
    dgm_splitter *splitter;
    dgm_model *model;
    dgm_str bytes = dgm_pack_find(&it->bench->pack, "model/english.bin");
    it->is_skipped = !bytes.len;
    if (it->is_skipped)
        return DGM_OK;
    dgm_status status = dgm_splitter_load(&splitter, it->arena, &it->bench->pack, NULL);
    if (status == DGM_OK)
        status = dgm_model_open(&model, "english.bin", bytes, NULL);
    if (status != DGM_OK)
        return status;
    dgm_parser *parser = dgm_parser_new(model);
    dgm_text *text = dgm_text_split(splitter, it->arena, it->document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(parser, it->arena, text, &text->sentences[i]);
    dgm_grounded *grounded = dgm_ground_document(it->bench->grounder, it->arena, text);
    int32_t token = it->sentence < text->count ? dgm_fixture_token(text, it->sentence, it->form, 0)
                                               : DGM_NO_TOKEN;
    if (token >= 0)
        write_actors(it->actors, sizeof it->actors,
                     dgm_ground_actors(&grounded->sentences[it->sentence], it->arena, token, true));
    dgm_parser_free(parser);
    dgm_model_close(model);
    return DGM_OK;
}

static void real_sentences_are_grounded(void **state)
{
    const struct {
        const char *title, *text, *form, *actors;
        uint32_t sentence;
    } cases[] = {
        {"France\xE2\x80\x93Mali relations",
         "French troops left Mali in 2022. The two countries had signed a treaty in 2014.",
         "countries", "FRA, MLI", 1},
        {"", "Iran and Syria condemned the attack. They recalled their ambassadors.", "They",
         "IRN, SYR", 1},
        {"", "Chinese Foreign Minister Tao Minzhe visited Kenya. Tao praised the talks.", "Tao",
         "CHN GOV", 1},
        {"", "Hundreds of Turkish soldiers crossed the border.", "Hundreds", "TUR MIL", 0},
        {"", "The ambassador of Peru left Lima.", "ambassador", "PER GOV", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading it = {.bench = *state,
                      .arena = dgm_arena_new(),
                      .form = cases[i].form,
                      .sentence = cases[i].sentence};
        assert_int_equal(dgm_document_new(&it.document, DGM_STR("r"), dgm_str_of(cases[i].title),
                                          DGM_STR(""), dgm_str_of(cases[i].text), NULL),
                         DGM_OK);
        assert_int_equal(dgm_arena_run(it.arena, read_text, &it), DGM_OK);
        if (!it.is_skipped)
            assert_string_equal(it.actors, cases[i].actors);
        dgm_document_free(it.document);
        dgm_arena_free(it.arena);
    }
}

/* ---- hostile ---- */

static void unknown_names_stay_unplaced(void **state)
{
    const char *text = "Grimsworth Grimsworth PROPN NNP 2 nsubj\n"
                       "spoke speak VERB VBD 0 root\n";
    asking it = run(state, (asking){.conllu = text, .form = "Grimsworth"});
    assert_string_equal(it.actors, "?");
    assert_int_equal(it.mention.basis, DGM_MENTION_BARE);
}

typedef struct long_chain {
    bench *bench;
    dgm_arena *arena;
    int count;
    bool is_star;
} long_chain;

/* One sentence of `count` pronouns and names, each hanging on the one before or all on the first.
 */
static dgm_status ground_long(void *payload)
{
    long_chain *it = payload;
    dgm_buf buf = {0};
    dgm_buf_text(&buf, "Iran Iran PROPN NNP 0 root\n");
    for (int i = 1; i < it->count; i++)
        dgm_buf_printf(&buf, "%s PROPN NNP %d %s\n", i % 2 ? "its its" : "Iran Iran",
                       it->is_star ? 1 : i, i % 3 ? "nmod:poss" : "conj");
    (void)dgm_ground_document(it->bench->grounder, it->arena, dgm_fixture_text(it->arena, buf.ptr));
    dgm_buf_free(&buf);
    return DGM_OK;
}

static void long_sentences_end(void **state)
{
    for (int is_star = 0; is_star < 2; is_star++) {
        long_chain it = {*state, dgm_arena_new(), 3000, is_star};
        assert_int_equal(dgm_arena_run(it.arena, ground_long, &it), DGM_OK);
        dgm_arena_free(it.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixture_reads_literals),
        cmocka_unit_test(names_are_states),
        cmocka_unit_test(adjectives_place_roles),
        cmocka_unit_test(titles_place_unknown_persons),
        cmocka_unit_test(appositions_place_names),
        cmocka_unit_test(compounds_win_over_places),
        cmocka_unit_test(abroad_roles_are_not_placed_by_in),
        cmocka_unit_test(possessors_place),
        cmocka_unit_test(two_adjectives_are_two_actors),
        cmocka_unit_test(which_name_owns),
        cmocka_unit_test(conjunct_roles_share_the_adjective),
        cmocka_unit_test(against_and_backed_do_not_place),
        cmocka_unit_test(counting_heads_pass_through),
        cmocka_unit_test(relative_clauses_are_outside),
        cmocka_unit_test(pairs_come_from_the_title),
        cmocka_unit_test(roles_of_a_pair_are_two),
        cmocka_unit_test(pairs_come_from_lists),
        cmocka_unit_test(they_are_the_subject),
        cmocka_unit_test(he_is_the_last_person),
        cmocka_unit_test(it_is_a_state_or_nothing),
        cmocka_unit_test(relatives_mean_their_antecedent),
        cmocka_unit_test(groups_are_kept_as_lists),
        cmocka_unit_test(the_minister_is_the_last_minister),
        cmocka_unit_test(home_places_bare_roles),
        cmocka_unit_test(titles_give_actors),
        cmocka_unit_test(sites_makers_and_the_loyal_are_placed),
        cmocka_unit_test(names_before_nouns_are_mentions),
        cmocka_unit_test(owners_stand_beside),
        cmocka_unit_test(definite_roles_mean_the_last_ones),
        cmocka_unit_test(offices_tell_their_state),
        cmocka_unit_test(the_last_word_of_an_organisation_names_it),
        cmocka_unit_test(the_titles_organisation_is_meant),
        cmocka_unit_test(the_clause_tells_where_police_are),
        cmocka_unit_test(both_of_a_list_of_things_are_nobody),
        cmocka_unit_test(set_phrases_are_nobody),
        cmocka_unit_test(real_sentences_are_grounded),
        cmocka_unit_test(unknown_names_stay_unplaced),
        cmocka_unit_test(long_sentences_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
