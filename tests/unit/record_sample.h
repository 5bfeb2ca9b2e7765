/* Records made by hand, for tests of what comes after the engine. */
#ifndef DGM_TEST_RECORD_SAMPLE_H
#define DGM_TEST_RECORD_SAMPLE_H

#include "base/str.h"
#include <dragoman/record.h>
#include <math.h>

#define SAMPLE_TEXT                                                                                \
    "Iran and Cuba\n\n"                                                                            \
    "Caf\xC3\xA9 notes: in October 1980 Iran sent doctors to Cuba, said a Havana paper.[3]\n"      \
    "Cuba has an embassy in Iran.\n"                                                               \
    "Iran and Cuba met in 1999 \"at sea\".\n"

static inline dgm_span sample_span(const char *text, const char *words)
{
    const size_t at = dgm_str_find(dgm_str_of(text), dgm_str_of(words));
    return (dgm_span){(uint32_t)at, (uint32_t)strlen(words)};
}

typedef struct sample {
    dgm_actor actors[8];
    dgm_place place;
    dgm_span citation, rule_spans[2];
    dgm_record items[3];
    dgm_records records;
} sample;

static inline dgm_actor sample_actor(const char *text, const char *code, const char *words,
                                     dgm_sector sector)
{
    return (dgm_actor){
        .code = code, .sectors = {(uint8_t)sector}, .span = sample_span(text, words)};
}

static inline void sample_aid(sample *it, const char *text)
{
    it->actors[0] = sample_actor(text, "IRN", "Iran sent", DGM_SECTOR_NONE);
    it->actors[0].span.len = 4;
    it->actors[1] = sample_actor(text, "CUB", "Cuba, said", DGM_SECTOR_NONE);
    it->actors[1].span.len = 4;
    it->actors[2] = sample_actor(text, "CUB", "a Havana paper", DGM_SECTOR_JRN);
    it->actors[2].sectors[1] = DGM_SECTOR_GOV;
    it->place = (dgm_place){.name = "Havana",
                            .country = "CUB",
                            .lat = 23.133020001,
                            .lon = -82.38304,
                            .geonames = 3553478,
                            .span = sample_span(text, "Havana")};
    it->citation = sample_span(text, "3]");
    it->citation.len = 1;
    it->items[0] = (dgm_record){
        .id = 0x1234,
        .kind = DGM_KIND_EVENT,
        .type = DGM_TYPE_AID,
        .actors = {&it->actors[0], 1},
        .recipients = {&it->actors[1], 1},
        .contexts = 1ULL << (DGM_CONTEXT_HEALTH - 1) | 1ULL << (DGM_CONTEXT_MILITARY - 1),
        .when = {.edtf = "1980-10",
                 .earliest = {1980, 10, 1, false},
                 .latest = {1980, 10, 31, false},
                 .basis = DGM_BASIS_TEXT,
                 .span = sample_span(text, "October 1980")},
        .where = &it->place,
        .where_count = 1,
        .modality = DGM_MODALITY_ASSERTED,
        .attribution = {sample_span(text, "a Havana paper"), {&it->actors[2], 1}},
        .score = 10,
        .confidence = 0.83456,
        .sure = {0.987, 0.9, 0.94},
        .trigger = sample_span(text, "sent doctors"),
        .sentence =
            sample_span(text, "Caf\xC3\xA9 notes: in October 1980 Iran sent doctors to Cuba, "
                              "said a Havana paper."),
        .citations = &it->citation,
        .citation_count = 1,
        .rule = "aid.send+light.doctors",
        .cameo = {"073", 7.4, DGM_SCALE_ICEWS, {0, 2, 2, 2}},
        .rule_spans = it->rule_spans,
        .rule_span_count = 2};
    it->rule_spans[0] = sample_span(text, "sent doctors");
    it->rule_spans[1] = sample_span(text, "doctors");
}

static inline void sample_mission(sample *it, const char *text)
{
    it->actors[3] = sample_actor(text, "CUB", "Cuba has", DGM_SECTOR_NONE);
    it->actors[3].span.len = 4;
    it->actors[4] = sample_actor(text, "IRN", "Iran.", DGM_SECTOR_NONE);
    it->actors[4].span.len = 4;
    it->items[1] = (dgm_record){.id = UINT64_MAX,
                                .kind = DGM_KIND_TIE,
                                .type = DGM_TYPE_MISSION,
                                .actors = {&it->actors[3], 1},
                                .recipients = {&it->actors[4], 1},
                                .modality = DGM_MODALITY_PRESUMED,
                                .score = NAN,
                                .confidence = 0.3,
                                .trigger = sample_span(text, "embassy"),
                                .sentence = sample_span(text, "Cuba has an embassy in Iran."),
                                .rule = "tie.embassy"};
}

static inline void sample_meeting(sample *it, const char *text)
{
    it->actors[5] = sample_actor(text, "IRN", "Iran and Cuba met", DGM_SECTOR_NONE);
    it->actors[5].span.len = 4;
    it->actors[6] = sample_actor(text, "CUB", "Cuba met", DGM_SECTOR_NONE);
    it->actors[6].span.len = 4;
    it->items[2] =
        (dgm_record){.id = 7,
                     .kind = DGM_KIND_EVENT,
                     .type = DGM_TYPE_CONSULT,
                     .mode = DGM_MODE_VISIT,
                     .actors = {&it->actors[5], 2},
                     .when = {.edtf = "../1999",
                              .earliest = {.is_open = true},
                              .latest = {1999, 12, 31, false},
                              .basis = DGM_BASIS_TEXT},
                     .modality = DGM_MODALITY_ASSERTED,
                     .score = 4,
                     .confidence = 0.9,
                     .trigger = sample_span(text, "met"),
                     .sentence = sample_span(text, "Iran and Cuba met in 1999 \"at sea\".")};
}

/* Three records on SAMPLE_TEXT: an act with everything, a tie with little, a two-sided act. */
static inline dgm_records *sample_fill(sample *it)
{
    const char *text = SAMPLE_TEXT;
    *it = (sample){0};
    sample_aid(it, text);
    sample_mission(it, text);
    sample_meeting(it, text);
    it->records = (dgm_records){it->items, 3};
    return &it->records;
}

static inline dgm_document *sample_document(const char *id, const char *text)
{
    dgm_document *document = NULL;
    const dgm_status status = dgm_document_new(&document, dgm_str_of(id), DGM_STR("Iran and Cuba"),
                                               DGM_STR("2001-02-03"), dgm_str_of(text), NULL);
    return status == DGM_OK ? document : NULL;
}

#endif
