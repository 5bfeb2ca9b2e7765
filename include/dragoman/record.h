/* Records: what a text claims about actors in international relations, with the words that say so.
 *
 * The enums of types, modes, contexts and sectors are generated from data/ontology (ontology.h).
 * Pointers in a record live as long as the object that gave it (see engine.h, store.h). */
#ifndef DRAGOMAN_RECORD_H
#define DRAGOMAN_RECORD_H

#include <dragoman/base.h>
#include <dragoman/document.h>
#include <dragoman/ontology.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { DGM_ACTOR_SECTORS = 4 };

/* One actor of a list. `code` is ISO 3166-1 alpha-3 or a slug ("NATO"); NULL where the text names
 * no one who could be placed. Sectors in order of weight; unused ones are DGM_SECTOR_NONE. */
typedef struct dgm_actor {
    const char *code;
    uint8_t sectors[DGM_ACTOR_SECTORS];
    dgm_span span;
} dgm_actor;

typedef struct dgm_actors {
    const dgm_actor *items;
    uint32_t count;
} dgm_actors;

/* A day: proleptic Gregorian, astronomical years. `is_open` marks an unknown end. */
typedef struct dgm_day {
    int32_t year;
    uint8_t month, day;
    bool is_open;
} dgm_day;

typedef enum dgm_basis {
    DGM_BASIS_NONE = 0,
    DGM_BASIS_TEXT,
    DGM_BASIS_CONTEXT,
    DGM_BASIS_DOCUMENT
} dgm_basis;

/* A time: EDTF (ISO 8601-2) with the first and last day that it spans. NULL edtf: no time. */
typedef struct dgm_time {
    const char *edtf;
    dgm_day earliest, latest;
    dgm_basis basis;
    dgm_span span; /* the words; length 0 when the basis is not the text of the sentence */
} dgm_time;

/* "October 1980", "early October 1980", "7th century": an EDTF string as a person writes it, into
 * buffer, cut to its size. */
DGM_API void dgm_time_write(char *buffer, size_t size, const char *edtf);

typedef struct dgm_place {
    const char *name;
    const char *country; /* alpha-3, or NULL */
    double lat, lon;     /* degrees; NAN when unknown */
    int64_t geonames;    /* 0 when unknown */
    dgm_span span;
} dgm_place;

/* Whom the text names as the source of the claim. span.len 0: nobody. */
typedef struct dgm_attribution {
    dgm_span span;
    dgm_actors actors; /* code NULL for a source without code; sectors from here */
} dgm_attribution;

/* Goldstein's values for CAMEO codes differ between the lists that are in use: a scale is named. */
typedef enum dgm_scale {
    DGM_SCALE_NONE = 0,
    DGM_SCALE_GDELT,
    DGM_SCALE_ICEWS,
    DGM_SCALE_PHOENIX,
    DGM_SCALE_COUNT
} dgm_scale;

/* So do the quad classes of CAMEO's roots. PLOVER's own mapping is by type: dgm_type_quad(). */
typedef enum dgm_quad_mapping {
    DGM_QUAD_MAPPING_NONE = 0,
    DGM_QUAD_MAPPING_GDELT, /* and the R package icews */
    DGM_QUAD_MAPPING_PHOENIX,
    DGM_QUAD_MAPPING_TEXT_TO_CAMEO,
    DGM_QUAD_MAPPING_COUNT
} dgm_quad_mapping;

/* "goldstein-gdelt"; "" for NONE. From it, or from "gdelt"; NONE when unknown. */
DGM_API const char *dgm_scale_name(dgm_scale scale);
DGM_API dgm_scale dgm_scale_from(dgm_str name);
/* "gdelt", "phoenix", "text-to-cameo" */
DGM_API const char *dgm_quad_mapping_name(dgm_quad_mapping mapping);

/* The CAMEO code nearest to an event. Codes are strings: "010" is no "10". */
typedef struct dgm_cameo {
    const char *code; /* NULL: none */
    double goldstein; /* NAN: none */
    dgm_scale scale;
    uint8_t quads[DGM_QUAD_MAPPING_COUNT]; /* by mapping; 0: neutral (Phoenix) */
} dgm_cameo;

/* Labels that a rule pack brought along; NULL: the built-in ones (ontology.h). A record's type,
 * mode and contexts are numbers of its ontology. */
typedef struct dgm_ontology dgm_ontology;

/* What may be right or wrong about a record. */
enum { DGM_QUESTION_TYPE = 0, DGM_QUESTION_SIDES, DGM_QUESTION_MODALITY, DGM_QUESTIONS };

typedef struct dgm_record {
    uint64_t id; /* the same text gives the same id everywhere */
    dgm_kind kind;
    dgm_type type;
    dgm_mode mode; /* DGM_MODE_NONE: null */
    dgm_actors actors, recipients, about;
    uint64_t contexts; /* bit 1 << (context - 1) */
    dgm_time when;
    const dgm_place *where;
    uint32_t where_count;
    dgm_modality modality;
    dgm_attribution attribution;
    double score;               /* PLOVER, -10 to +10; NAN for stances and ties without one */
    double confidence;          /* 0 to 1: that all of it is right */
    double sure[DGM_QUESTIONS]; /* 0 to 1: that its type, its sides, its modality are */
    dgm_span trigger, sentence;
    const dgm_span *citations;
    uint32_t citation_count;
    const char *rule; /* ids of the rules that coded it, joined by '+' */
    dgm_cameo cameo;  /* of events */
    const dgm_span
        *rule_spans; /* what each of these rules stands on: the trigger, then operators */
    uint32_t rule_span_count;
    const dgm_ontology *ontology;
} dgm_record;

typedef struct dgm_records {
    const dgm_record *items;
    uint32_t count;
} dgm_records;

/* A record's labels in its own ontology; "" for none. */
DGM_API const char *dgm_record_type_name(const dgm_record *record);
DGM_API const char *dgm_record_mode_name(const dgm_record *record);
DGM_API const char *dgm_record_quad_name(const dgm_record *record);
/* Of context number `context`, from 1: the record has it when its bit is set. */
DGM_API const char *dgm_record_context_name(const dgm_record *record, unsigned context);

/* One JSON object (no line end) as record.md describes. With `why`, rule ids and slot texts are
 * added. The caller frees *out with dgm_free(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_record_to_json(char **out, const dgm_record *record,
                                                     const dgm_document *document, bool why,
                                                     dgm_error *err);

/* Frees memory that a function of the library handed over. NULL is a no-op. */
DGM_API void dgm_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
