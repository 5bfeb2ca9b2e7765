/* Rows: a document's records as rows of the record file.
 *
 * In: records with byte spans. Out: rows with code points and quoted words, in the order of the
 * records. Runs inside the caller's savepoint. */
#include "record/slot.h"
#include "record/store.h"

#include <math.h>
#include <stdio.h>

/* Where we are: the document, and how many line ends stand before a byte of it. */
typedef struct place {
    dgm_store *store;
    const dgm_document *document;
    int64_t key;
    uint32_t record;
    size_t counted_to;
    int64_t line;
} place;

/* Sentences come in order, so that the text is gone over once. */
static int64_t line_of(place *at, dgm_span span)
{
    const dgm_str text = dgm_document_text(at->document);
    const size_t to = span.off < text.len ? span.off : text.len;
    if (to < at->counted_to) {
        at->counted_to = 0;
        at->line = 1;
    }
    for (; at->counted_to < to; at->counted_to++)
        at->line += text.ptr[at->counted_to] == '\n';
    return at->line;
}

static void bind_span(sqlite3_stmt *statement, int index, const dgm_quote *quote)
{
    sqlite3_bind_int64(statement, index, quote->begin);
    sqlite3_bind_int64(statement, index + 1, quote->end);
}

/* Words of a span: never NULL, also when empty. */
static void bind_words(sqlite3_stmt *statement, int index, dgm_str words)
{
    sqlite3_bind_text64(statement, index, words.ptr, words.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_real(sqlite3_stmt *statement, int index, double value)
{
    if (isfinite(value))
        sqlite3_bind_double(statement, index, value);
    else
        sqlite3_bind_null(statement, index);
}

static void bind_day(sqlite3_stmt *statement, int text_index, int number_index, dgm_day day)
{
    char text[DGM_DAY_TEXT];
    if (!dgm_slot_day(text, day)) {
        sqlite3_bind_null(statement, text_index);
        sqlite3_bind_null(statement, number_index);
        return;
    }
    sqlite3_bind_text(statement, text_index, text, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, number_index, dgm_slot_day_number(day));
}

static dgm_status put_sentence(place *at, const dgm_record *record, dgm_error *err)
{
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, at->store, DGM_SQL_PUT_SENTENCE, err));
    const dgm_quote quote = dgm_slot_quote(at->document, record->sentence);
    sqlite3_bind_int64(statement, 1, at->key);
    bind_span(statement, 2, &quote);
    sqlite3_bind_int64(statement, 4, line_of(at, record->sentence));
    if (at->store->omit_text)
        sqlite3_bind_null(statement, 5);
    else
        bind_words(statement, 5, quote.text);
    return dgm_store_run(at->store, statement, err);
}

static void bind_when(const place *at, sqlite3_stmt *statement, const dgm_time *when)
{
    for (int i = 11; i <= 18; i++)
        sqlite3_bind_null(statement, i);
    if (!when->edtf)
        return;
    dgm_store_bind_name(statement, 11, when->edtf);
    bind_day(statement, 12, 14, when->earliest);
    bind_day(statement, 13, 15, when->latest);
    dgm_store_bind_name(statement, 16, dgm_slot_basis(when->basis));
    if (when->span.len == 0)
        return;
    const dgm_quote quote = dgm_slot_quote(at->document, when->span);
    bind_span(statement, 17, &quote);
}

static void bind_attribution(const place *at, sqlite3_stmt *statement,
                             const dgm_attribution *attribution)
{
    for (int i = 19; i <= 21; i++)
        sqlite3_bind_null(statement, i);
    if (attribution->span.len == 0)
        return;
    const dgm_quote quote = dgm_slot_quote(at->document, attribution->span);
    bind_words(statement, 19, quote.text);
    bind_span(statement, 20, &quote);
}

static void bind_cameo(sqlite3_stmt *statement, const dgm_record *record)
{
    const dgm_cameo *cameo = &record->cameo;
    for (int i = 28; i <= 34; i++)
        sqlite3_bind_null(statement, i);
    if (!cameo->code)
        return;
    dgm_store_bind_name(statement, 28, cameo->code);
    bind_real(statement, 29, cameo->goldstein);
    dgm_store_bind_name(statement, 30, dgm_scale_name(cameo->scale));
    for (int i = 1; i < DGM_QUAD_MAPPING_COUNT; i++)
        sqlite3_bind_int(statement, 30 + i, cameo->quads[i]);
    sqlite3_bind_int(statement, 34, dgm_type_quad(record->type));
}

static dgm_status put_record_row(place *at, const dgm_record *record, dgm_error *err)
{
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, at->store, DGM_SQL_PUT_RECORD, err));
    char id[17];
    dgm_slot_hex(id, record->id);
    const dgm_quote trigger = dgm_slot_quote(at->document, record->trigger);
    const dgm_quote sentence = dgm_slot_quote(at->document, record->sentence);
    sqlite3_bind_int64(statement, 1, at->key);
    sqlite3_bind_int64(statement, 2, at->record);
    sqlite3_bind_text(statement, 3, id, -1, SQLITE_STATIC);
    dgm_store_bind_name(statement, 4, dgm_kind_name(record->kind));
    dgm_store_bind_name(statement, 5, dgm_record_type_name(record));
    dgm_store_bind_name(statement, 6, dgm_record_mode_name(record));
    dgm_store_bind_name(statement, 7, dgm_record_quad_name(record));
    bind_real(statement, 8, record->score);
    dgm_store_bind_name(statement, 9, dgm_modality_name(record->modality));
    bind_real(statement, 10, dgm_slot_confidence(record->confidence));
    bind_when(at, statement, &record->when);
    bind_attribution(at, statement, &record->attribution);
    bind_words(statement, 22, trigger.text);
    bind_span(statement, 23, &trigger);
    bind_span(statement, 25, &sentence);
    dgm_store_bind_name(statement, 27, record->rule);
    bind_cameo(statement, record);
    return dgm_store_run(at->store, statement, err);
}

static dgm_status put_name(place *at, const char *code, dgm_error *err)
{
    dgm_store *store = at->store;
    const char *name = code && store->actor_name ? store->actor_name(code, store->payload) : NULL;
    if (!name)
        return DGM_OK;
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, store, DGM_SQL_PUT_ACTOR, err));
    dgm_store_bind_name(statement, 1, code);
    dgm_store_bind_name(statement, 2, name);
    return dgm_store_run(store, statement, err);
}

/* "GOV MIL" */
static void write_sectors(char *buffer, size_t size, const dgm_actor *actor)
{
    size_t len = 0;
    buffer[0] = '\0';
    for (int i = 0; i < DGM_ACTOR_SECTORS && len < size; i++)
        if (actor->sectors[i] != DGM_SECTOR_NONE)
            len += (size_t)snprintf(buffer + len, size - len, "%s%s", len ? " " : "",
                                    dgm_sector_name((dgm_sector)actor->sectors[i]));
}

static dgm_status put_actors(place *at, const char *role, dgm_actors actors, dgm_error *err)
{
    for (uint32_t i = 0; i < actors.count; i++) {
        sqlite3_stmt *statement;
        DGM_TRY(put_name(at, actors.items[i].code, err));
        DGM_TRY(dgm_store_statement(&statement, at->store, DGM_SQL_PUT_RECORD_ACTOR, err));
        const dgm_quote quote = dgm_slot_quote(at->document, actors.items[i].span);
        char sectors[64];
        write_sectors(sectors, sizeof sectors, &actors.items[i]);
        sqlite3_bind_int64(statement, 1, at->key);
        sqlite3_bind_int64(statement, 2, at->record);
        dgm_store_bind_name(statement, 3, role);
        sqlite3_bind_int64(statement, 4, i);
        dgm_store_bind_name(statement, 5, actors.items[i].code);
        sqlite3_bind_text(statement, 6, sectors, -1, SQLITE_STATIC);
        bind_words(statement, 7, quote.text);
        bind_span(statement, 8, &quote);
        DGM_TRY(dgm_store_run(at->store, statement, err));
    }
    return DGM_OK;
}

static dgm_status put_contexts(place *at, const dgm_record *record, dgm_error *err)
{
    int ordinal = 0;
    for (unsigned c = 1; c <= 64; c++) {
        if (!(record->contexts >> (c - 1) & 1))
            continue;
        sqlite3_stmt *statement;
        DGM_TRY(dgm_store_statement(&statement, at->store, DGM_SQL_PUT_CONTEXT, err));
        sqlite3_bind_int64(statement, 1, at->key);
        sqlite3_bind_int64(statement, 2, at->record);
        sqlite3_bind_int(statement, 3, ordinal++);
        dgm_store_bind_name(statement, 4, dgm_record_context_name(record, c));
        DGM_TRY(dgm_store_run(at->store, statement, err));
    }
    return DGM_OK;
}

static dgm_status put_places(place *at, const dgm_record *record, dgm_error *err)
{
    for (uint32_t i = 0; i < record->where_count; i++) {
        const dgm_place *where = &record->where[i];
        sqlite3_stmt *statement;
        DGM_TRY(dgm_store_statement(&statement, at->store, DGM_SQL_PUT_PLACE, err));
        const dgm_quote quote = dgm_slot_quote(at->document, where->span);
        sqlite3_bind_int64(statement, 1, at->key);
        sqlite3_bind_int64(statement, 2, at->record);
        sqlite3_bind_int64(statement, 3, i);
        dgm_store_bind_name(statement, 4, where->name);
        dgm_store_bind_name(statement, 5, where->country);
        bind_real(statement, 6, dgm_slot_degrees(where->lat));
        bind_real(statement, 7, dgm_slot_degrees(where->lon));
        if (where->geonames)
            sqlite3_bind_int64(statement, 8, where->geonames);
        else
            sqlite3_bind_null(statement, 8);
        bind_words(statement, 9, quote.text);
        bind_span(statement, 10, &quote);
        DGM_TRY(dgm_store_run(at->store, statement, err));
    }
    return DGM_OK;
}

static dgm_status put_citations(place *at, const dgm_record *record, dgm_error *err)
{
    for (uint32_t i = 0; i < record->citation_count; i++) {
        sqlite3_stmt *statement;
        DGM_TRY(dgm_store_statement(&statement, at->store, DGM_SQL_PUT_CITATION, err));
        const dgm_quote quote = dgm_slot_quote(at->document, record->citations[i]);
        sqlite3_bind_int64(statement, 1, at->key);
        sqlite3_bind_int64(statement, 2, at->record);
        sqlite3_bind_int64(statement, 3, i);
        bind_words(statement, 4, quote.text);
        bind_span(statement, 5, &quote);
        DGM_TRY(dgm_store_run(at->store, statement, err));
    }
    return DGM_OK;
}

static dgm_status put_record(place *at, const dgm_record *record, dgm_error *err)
{
    DGM_TRY(put_sentence(at, record, err));
    DGM_TRY(put_record_row(at, record, err));
    DGM_TRY(put_actors(at, "actor", record->actors, err));
    DGM_TRY(put_actors(at, "recipient", record->recipients, err));
    DGM_TRY(put_actors(at, "about", record->about, err));
    DGM_TRY(put_contexts(at, record, err));
    DGM_TRY(put_places(at, record, err));
    if (record->attribution.span.len > 0)
        DGM_TRY(put_actors(at, "attribution", record->attribution.actors, err));
    return put_citations(at, record, err);
}

dgm_status dgm_store_put_records(dgm_store *store, int64_t key, const dgm_document *document,
                                 const dgm_records *records, dgm_error *err)
{
    place at = {.store = store, .document = document, .key = key, .line = 1};
    for (; at.record < records->count; at.record++)
        DGM_TRY(put_record(&at, &records->items[at.record], err));
    return DGM_OK;
}
