/* Cells of the rule tables: triggers, places, sets, conditions. */
#ifndef DGM_CODE_TRIGGER_H
#define DGM_CODE_TRIGGER_H

#include "base/table.h"
#include "code/rules.h"

/* Each reads one cell of the table's current row; errors name file, line and cell. */
dgm_status dgm_trigger_read(dgm_rules *rules, const dgm_table *table, dgm_str cell,
                            dgm_trigger *trigger, uint32_t *weight, dgm_error *err);
/* Cells that are alike share their paths. */
dgm_status dgm_paths_read(dgm_rules *rules, const dgm_table *table, dgm_str cell, dgm_paths *paths,
                          dgm_error *err);
dgm_status dgm_words_read(dgm_rules *rules, const dgm_table *table, dgm_str cell, dgm_words *words,
                          dgm_error *err);
/* Lemmas joined by '_', numbered; an empty one among them is one that no text has. */
dgm_phrase dgm_phrase_of(dgm_rules *rules, dgm_str lemmas);
dgm_status dgm_conditions_read(const dgm_table *table, dgm_str cell, dgm_rule *rule,
                               dgm_error *err);

#endif
