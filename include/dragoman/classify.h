/* Classify: what one marked side of a sentence does to the other. */
#ifndef DRAGOMAN_CLASSIFY_H
#define DRAGOMAN_CLASSIFY_H

#include <dragoman/engine.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Who acts and whom it reaches: byte spans of the document's text, each side in one or more parts.
 * With no part on either side the engine finds the sides itself. */
typedef struct dgm_marks {
    const dgm_span *source, *target;
    uint32_t source_count, target_count;
} dgm_marks;

typedef struct dgm_class {
    dgm_type type; /* an event type; NONE where the engine abstains */
    dgm_mode mode;
    dgm_quad quad;
    dgm_modality modality;
    double confidence; /* how often such an answer is right, 0 to 1 */
    const char *rule;  /* ids of the rules that say the same, joined by '+'; NULL: none does */
} dgm_class;

typedef struct dgm_classify_options {
    size_t size;     /* sizeof(dgm_classify_options) */
    bool force;      /* always name a type */
    bool rules_only; /* leave the learned weights out */
} dgm_classify_options;

#define DGM_CLASSIFY_OPTIONS_INIT                                                                  \
    {                                                                                              \
        sizeof(dgm_classify_options), false, false                                                 \
    }

/* Classify one document of a sentence. What *out points to lives until the coder's next call. */
DGM_API DGM_MUST_CHECK dgm_status dgm_coder_classify(dgm_class *out, dgm_coder *coder,
                                                     const dgm_document *document,
                                                     const dgm_marks *marks,
                                                     const dgm_classify_options *options,
                                                     dgm_error *err);

/* The same from JSON to JSON: `line` is {id, text, source, target}, sides being lists of [begin,
 * end] in code points of the text; *out is {id, type, mode, quad, modality, confidence, rule}
 * without line end, NUL-terminated, until the coder's next call. What is wrong with the line is
 * DGM_ERROR_ARGUMENT; err->text tells. */
DGM_API DGM_MUST_CHECK dgm_status dgm_coder_classify_json(dgm_str *out, dgm_coder *coder,
                                                          dgm_str line,
                                                          const dgm_classify_options *options,
                                                          dgm_error *err);

#ifdef __cplusplus
}
#endif
#endif
