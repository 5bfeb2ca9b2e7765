/* Labels of Universal Dependencies: see ud.h. */
#include "text/ud.h"

static const char *const upos_names[] = {"_",
#define X(name) #name,
                                         DGM_UPOS_LIST(X)
#undef X
};

static const char *const xpos_names[] = {"_",
#define X(name, label) label,
                                         DGM_XPOS_LIST(X)
#undef X
};

static const char *const rel_names[] = {"_",
#define X(name, label) label,
                                        DGM_REL_LIST(X)
#undef X
};

static const char *const feat_names[] = {
#define X(name, label) label,
    DGM_FEAT_LIST(X)
#undef X
};

const char *dgm_feat_name(unsigned at)
{
    return feat_names[at < DGM_FEAT_COUNT ? at : 0];
}

uint32_t dgm_feats_from(dgm_str cell)
{
    uint32_t feats = 0;
    dgm_str item;
    while (dgm_str_cut(&cell, '|', &item))
        for (unsigned at = 0; at < DGM_FEAT_COUNT; at++)
            if (dgm_str_is(item, feat_names[at]))
                feats |= 1u << at;
    return feats;
}

const char *dgm_upos_name(unsigned upos)
{
    return upos_names[upos < DGM_UPOS_COUNT ? upos : 0];
}

const char *dgm_xpos_name(unsigned xpos)
{
    return xpos_names[xpos < DGM_XPOS_COUNT ? xpos : 0];
}

const char *dgm_rel_name(unsigned rel)
{
    return rel_names[rel < DGM_REL_COUNT ? rel : 0];
}

static unsigned find(const char *const *names, unsigned count, dgm_str name)
{
    for (unsigned i = 1; i < count; i++)
        if (dgm_str_is(name, names[i]))
            return i;
    return 0;
}

dgm_upos dgm_upos_from(dgm_str name)
{
    return (dgm_upos)find(upos_names, DGM_UPOS_COUNT, name);
}

dgm_xpos dgm_xpos_from(dgm_str name)
{
    return (dgm_xpos)find(xpos_names, DGM_XPOS_COUNT, name);
}

dgm_rel dgm_rel_from(dgm_str name)
{
    unsigned found = find(rel_names, DGM_REL_COUNT, name);
    dgm_str rest = name, main_name;
    if (!found && dgm_str_cut(&rest, ':', &main_name))
        found = find(rel_names, DGM_REL_COUNT, main_name);
    return (dgm_rel)found;
}
