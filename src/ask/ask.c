/* Ask: the table of questions, and answers as rows drawn from SQLite.
 *
 * In: a store, a question's name, arguments. Out: rows. A new question is one row here, one .sql
 * beside, one test. */
#include <dragoman/ask.h>

#include "base/str.h"
#include "queries.h" /* generated: brief_sql and so on */
#include "record/store.h"

#include <stdlib.h>

#define COUNT(array) (uint32_t)(sizeof(array) / sizeof *(array))

static const dgm_column record_columns[] = {
    {"id", DGM_COLUMN_TEXT, "stable id of the record, 16 hex digits"},
    {"kind", DGM_COLUMN_TEXT, "event, stance or tie"},
    {"type", DGM_COLUMN_TEXT, "PLOVER event type, stance or tie"},
    {"mode", DGM_COLUMN_TEXT, "PLOVER mode of the type"},
    {"class", DGM_COLUMN_TEXT, "quad class of an event; the kind of another record"},
    {"score", DGM_COLUMN_REAL, "from -10 (conflict) to +10 (cooperation)"},
    {"modality", DGM_COLUMN_TEXT, "asserted, negated, future, hypothetical or presumed"},
    {"confidence", DGM_COLUMN_REAL, "0 to 1"},
    {"edtf", DGM_COLUMN_TEXT, "the time, ISO 8601-2"},
    {"earliest", DGM_COLUMN_TEXT, "first day of the time; empty where open"},
    {"latest", DGM_COLUMN_TEXT, "last day of the time; empty where open"},
    {"basis", DGM_COLUMN_TEXT, "where the time comes from: text, context or document"},
    {"actors", DGM_COLUMN_LIST, "codes of those who act; ? for one without code"},
    {"actor_names", DGM_COLUMN_LIST, "their names, with sectors"},
    {"recipients", DGM_COLUMN_LIST, "codes of those whom the act reaches"},
    {"recipient_names", DGM_COLUMN_LIST, "their names, with sectors"},
    {"about", DGM_COLUMN_LIST, "codes of those whom it concerns"},
    {"about_names", DGM_COLUMN_LIST, "their names, with sectors"},
    {"contexts", DGM_COLUMN_LIST, "PLOVER contexts"},
    {"places", DGM_COLUMN_LIST, "places of the act"},
    {"attribution", DGM_COLUMN_TEXT, "whom the text names as the source of the claim"},
    {"trigger", DGM_COLUMN_TEXT, "the words that carry the act"},
    {"trigger_begin", DGM_COLUMN_INTEGER, "first code point of the trigger in the text, from 0"},
    {"trigger_end", DGM_COLUMN_INTEGER, "code point after the trigger"},
    {"sentence", DGM_COLUMN_TEXT, "the sentence; empty in a file without text"},
    {"sentence_begin", DGM_COLUMN_INTEGER, "first code point of the sentence"},
    {"sentence_end", DGM_COLUMN_INTEGER, "code point after the sentence"},
    {"line", DGM_COLUMN_INTEGER, "line of the text on which the sentence begins, from 1"},
    {"citations", DGM_COLUMN_LIST, "reference marks of the source text"},
    {"document", DGM_COLUMN_TEXT, "id of the document"},
    {"title", DGM_COLUMN_TEXT, "its title"},
    {"date", DGM_COLUMN_TEXT, "its date"},
    {"source", DGM_COLUMN_TEXT, "where it was published"},
    {"url", DGM_COLUMN_TEXT, "its address"},
    {"file", DGM_COLUMN_TEXT, "the file that it was read from"},
    {"rule", DGM_COLUMN_TEXT, "ids of the rules that coded the record"},
    {"cameo", DGM_COLUMN_TEXT, "the nearest CAMEO code, a string"},
    {"goldstein", DGM_COLUMN_REAL, "Goldstein's value for it"},
    {"goldstein_scale", DGM_COLUMN_TEXT, "whose values: goldstein-gdelt and so on"},
    {"record", DGM_COLUMN_JSON, "the record as a JSON object"},
};

static const dgm_column summary_columns[] = {
    {"class", DGM_COLUMN_TEXT, "quad class of events; stance; tie"},
    {"records", DGM_COLUMN_INTEGER, "how many"},
    {"first_year", DGM_COLUMN_INTEGER, "earliest year told"},
    {"last_year", DGM_COLUMN_INTEGER, "latest year told"},
};

static const dgm_parameter two_actors[] = {{"a", "code of an actor", false},
                                           {"b", "code of another", false}};
static const dgm_parameter one_or_two_actors[] = {{"a", "code of an actor", false},
                                                  {"b", "code of another", true}};
static const dgm_parameter document[] = {{"document", "id of a document", true}};

static const dgm_query queries[] = {
    {"brief", "what passed between two actors, in time order", two_actors, COUNT(two_actors),
     record_columns, COUNT(record_columns), brief_sql},
    {"timeline", "what an actor did and met with, or two between them, in time order",
     one_or_two_actors, COUNT(one_or_two_actors), record_columns, COUNT(record_columns),
     timeline_sql},
    {"summary", "counts by class and the years they span", one_or_two_actors,
     COUNT(one_or_two_actors), summary_columns, COUNT(summary_columns), summary_sql},
    {"records", "all records in the order of the text", document, COUNT(document), record_columns,
     COUNT(record_columns), records_sql},
};

const dgm_query *dgm_query_at(uint32_t i)
{
    return i < COUNT(queries) ? &queries[i] : NULL;
}

const dgm_query *dgm_query_find(const char *name)
{
    for (uint32_t i = 0; i < COUNT(queries); i++)
        if (strcmp(queries[i].name, name) == 0)
            return &queries[i];
    return NULL;
}

int dgm_query_column(const dgm_query *query, const char *name)
{
    for (uint32_t i = 0; i < query->column_count; i++)
        if (strcmp(query->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

struct dgm_answer {
    const dgm_query *query;
    dgm_store *store;
    sqlite3_stmt *statement;
};

static dgm_status prepare(dgm_answer *answer, const char *const *arguments, dgm_error *err)
{
    const dgm_query *query = answer->query;
    sqlite3 *db = answer->store->db;
    if (sqlite3_prepare_v2(db, query->sql, -1, &answer->statement, NULL) != SQLITE_OK)
        return dgm_db_fail(err, db, answer->store->path, "cannot ask the record file");
    for (uint32_t i = 0; i < query->parameter_count; i++) {
        if (!arguments[i] && !query->parameters[i].is_optional)
            return dgm_fail(err, DGM_ERROR_ARGUMENT, NULL, 0, "%s: '%s' is missing", query->name,
                            query->parameters[i].name);
        const int code =
            sqlite3_bind_text(answer->statement, (int)i + 1, arguments[i], -1, SQLITE_TRANSIENT);
        if (code != SQLITE_OK)
            return dgm_db_fail(err, db, answer->store->path, "cannot ask the record file");
    }
    return DGM_OK;
}

dgm_status dgm_ask(dgm_answer **out, dgm_store *store, const dgm_query *query,
                   const char *const *arguments, dgm_error *err)
{
    *out = NULL;
    dgm_answer *answer = calloc(1, sizeof *answer);
    if (!answer)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory asking the record file");
    answer->query = query;
    answer->store = store;
    const dgm_status status = prepare(answer, arguments, err);
    if (status == DGM_OK)
        *out = answer;
    else
        dgm_answer_free(answer);
    return status;
}

dgm_status dgm_answer_next(bool *has_row, dgm_answer *answer, dgm_error *err)
{
    const int code = sqlite3_step(answer->statement);
    *has_row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return DGM_OK;
    return dgm_db_fail(err, answer->store->db, answer->store->path, "cannot read the record file");
}

bool dgm_answer_is_null(dgm_answer *answer, int column)
{
    return sqlite3_column_type(answer->statement, column) == SQLITE_NULL;
}

dgm_str dgm_answer_text(dgm_answer *answer, int column)
{
    const char *text = (const char *)sqlite3_column_text(answer->statement, column);
    const int len = sqlite3_column_bytes(answer->statement, column);
    return text ? (dgm_str){text, (size_t)len} : (dgm_str){"", 0};
}

int64_t dgm_answer_integer(dgm_answer *answer, int column)
{
    return sqlite3_column_int64(answer->statement, column);
}

double dgm_answer_real(dgm_answer *answer, int column)
{
    return sqlite3_column_double(answer->statement, column);
}

const dgm_query *dgm_answer_query(const dgm_answer *answer)
{
    return answer->query;
}

void dgm_answer_free(dgm_answer *answer)
{
    if (!answer)
        return;
    sqlite3_finalize(answer->statement);
    free(answer);
}
