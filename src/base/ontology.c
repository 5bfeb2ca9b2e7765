/* The ontology's names and properties, read off the generated tables. */
#include <dragoman/ontology.h>

#include "base/str.h"
#include <math.h>

struct type_row {
    dgm_kind kind;
    dgm_quad quad;
    bool is_two_sided;
    double score;
    const char *phrase;
};

struct mode_row {
    dgm_type type;
    dgm_mode mode;
    double score;
};

#include "ontology_table.h"

static const char *const quad_names[] = {"", "verbal cooperation", "material cooperation",
                                         "verbal conflict", "material conflict"};

#define NAME_FUNCTION(noun, COUNT)                                                                 \
    const char *dgm_##noun##_name(dgm_##noun value)                                                \
    {                                                                                              \
        return noun##_names[(unsigned)value < COUNT ? value : 0];                                  \
    }

NAME_FUNCTION(kind, DGM_KIND_COUNT)
NAME_FUNCTION(type, DGM_TYPE_COUNT)
NAME_FUNCTION(mode, DGM_MODE_COUNT)
NAME_FUNCTION(context, DGM_CONTEXT_COUNT)
NAME_FUNCTION(sector, DGM_SECTOR_COUNT)
NAME_FUNCTION(modality, DGM_MODALITY_COUNT)
NAME_FUNCTION(quad, DGM_QUAD_COUNT)

static unsigned find(const char *const *names, unsigned count, dgm_str name)
{
    for (unsigned i = 1; i < count; i++)
        if (name.len && name.ptr[0] == names[i][0] && dgm_str_is(name, names[i]))
            return i;
    return 0;
}

#define FROM_FUNCTION(noun, COUNT)                                                                 \
    dgm_##noun dgm_##noun##_from(dgm_str name)                                                     \
    {                                                                                              \
        return (dgm_##noun)find(noun##_names, COUNT, name);                                        \
    }

FROM_FUNCTION(type, DGM_TYPE_COUNT)
FROM_FUNCTION(mode, DGM_MODE_COUNT)
FROM_FUNCTION(context, DGM_CONTEXT_COUNT)
FROM_FUNCTION(sector, DGM_SECTOR_COUNT)
FROM_FUNCTION(modality, DGM_MODALITY_COUNT)

static const struct type_row *row_of(dgm_type type)
{
    return &type_rows[(unsigned)type < DGM_TYPE_COUNT ? type : 0];
}

dgm_kind dgm_type_kind(dgm_type type)
{
    return row_of(type)->kind;
}

dgm_quad dgm_type_quad(dgm_type type)
{
    return row_of(type)->quad;
}

bool dgm_type_is_two_sided(dgm_type type)
{
    return row_of(type)->is_two_sided;
}

const char *dgm_type_phrase(dgm_type type)
{
    return row_of(type)->phrase;
}

static const struct mode_row *mode_row_of(dgm_type type, dgm_mode mode)
{
    for (size_t i = 0; i < sizeof mode_rows / sizeof *mode_rows; i++)
        if (mode_rows[i].type == type && mode_rows[i].mode == mode)
            return &mode_rows[i];
    return NULL;
}

double dgm_type_score(dgm_type type, dgm_mode mode)
{
    const struct mode_row *row = mode == DGM_MODE_NONE ? NULL : mode_row_of(type, mode);
    return row && !isnan(row->score) ? row->score : row_of(type)->score;
}

bool dgm_type_has_mode(dgm_type type, dgm_mode mode)
{
    return mode_row_of(type, mode) != NULL;
}

const char *dgm_ontology_version(void)
{
    return DGM_ONTOLOGY_VERSION;
}
