/* Run: many documents through many threads, answers in the order of the input.
 *
 * The caller's thread reads and answers; workers code. Documents go round a ring of slots, each
 * with a coder of its own, since records live in their coder until they were answered. */
#include "base/error.h"
#include <dragoman/engine.h>

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { SLOTS_PER_THREAD = 4, MAX_THREADS = 256 };

typedef enum slot_state { SLOT_FREE, SLOT_READY, SLOT_BUSY, SLOT_DONE } slot_state;

typedef struct slot {
    dgm_coder *coder;
    dgm_document *document;
    dgm_records records;
    dgm_status status;
    dgm_error err;
    slot_state state;
} slot;

typedef struct ring {
    slot *slots;
    unsigned size, thread_count;
    uint64_t read, taken, answered; /* documents so far: answered <= taken <= read */
    bool is_closed;
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    pthread_t threads[MAX_THREADS];
    unsigned started;
} ring;

static void *work(void *payload)
{
    ring *all = payload;
    pthread_mutex_lock(&all->lock);
    for (;;) {
        while (all->taken == all->read && !all->is_closed)
            pthread_cond_wait(&all->ready, &all->lock);
        if (all->taken == all->read)
            break;
        slot *mine = &all->slots[all->taken++ % all->size];
        mine->state = SLOT_BUSY;
        pthread_mutex_unlock(&all->lock);
        mine->status = dgm_coder_code(&mine->records, mine->coder, mine->document, &mine->err);
        pthread_mutex_lock(&all->lock);
        mine->state = SLOT_DONE;
        pthread_cond_broadcast(&all->done);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

/* Wait for the oldest document and hand its records over. */
static dgm_status answer_oldest(ring *all, dgm_coded_callback callback, void *payload,
                                dgm_error *err)
{
    slot *oldest = &all->slots[all->answered % all->size];
    pthread_mutex_lock(&all->lock);
    while (oldest->state != SLOT_DONE)
        pthread_cond_wait(&all->done, &all->lock);
    pthread_mutex_unlock(&all->lock);
    dgm_status status = oldest->status;
    if (status != DGM_OK) {
        if (err)
            *err = oldest->err;
    } else if (callback(oldest->document, &oldest->records, payload) != 0) {
        status = dgm_fail(err, DGM_ERROR_STOPPED, NULL, 0, "stopped by the caller");
    }
    dgm_document_free(oldest->document);
    oldest->document = NULL;
    oldest->state = SLOT_FREE;
    all->answered++;
    return status;
}

static dgm_status pump(ring *all, dgm_reader *reader, dgm_coded_callback callback, void *payload,
                       dgm_error *err)
{
    for (;;) {
        if (all->read - all->answered == all->size)
            DGM_TRY(answer_oldest(all, callback, payload, err));
        dgm_document *document;
        DGM_TRY(dgm_reader_next(&document, reader, err));
        if (!document)
            break;
        pthread_mutex_lock(&all->lock);
        slot *fresh = &all->slots[all->read++ % all->size];
        fresh->document = document;
        fresh->state = SLOT_READY;
        pthread_cond_signal(&all->ready);
        pthread_mutex_unlock(&all->lock);
    }
    while (all->answered < all->read)
        DGM_TRY(answer_oldest(all, callback, payload, err));
    return DGM_OK;
}

static void stop(ring *all)
{
    pthread_mutex_lock(&all->lock);
    all->is_closed = true;
    all->read = all->taken; /* what nobody took yet is given up */
    pthread_cond_broadcast(&all->ready);
    pthread_mutex_unlock(&all->lock);
    for (unsigned i = 0; i < all->started; i++)
        pthread_join(all->threads[i], NULL);
    for (unsigned i = 0; i < all->size; i++) {
        dgm_document_free(all->slots[i].document);
        dgm_coder_free(all->slots[i].coder);
    }
    free(all->slots);
}

static dgm_status start(ring *all, const dgm_engine *engine, dgm_error *err)
{
    for (unsigned i = 0; i < all->size; i++)
        DGM_TRY(dgm_coder_new(&all->slots[i].coder, engine, err));
    for (; all->started < all->thread_count; all->started++)
        if (pthread_create(&all->threads[all->started], NULL, work, all) != 0)
            return all->started ? DGM_OK : dgm_fail_errno(err, NULL, "cannot start a thread");
    return DGM_OK;
}

static dgm_status run_alone(const dgm_engine *engine, dgm_reader *reader,
                            dgm_coded_callback callback, void *payload, dgm_error *err)
{
    dgm_coder *coder;
    DGM_TRY(dgm_coder_new(&coder, engine, err));
    dgm_status status;
    dgm_document *document = NULL;
    while ((status = dgm_reader_next(&document, reader, err)) == DGM_OK && document) {
        dgm_records records;
        status = dgm_coder_code(&records, coder, document, err);
        if (status == DGM_OK && callback(document, &records, payload) != 0)
            status = dgm_fail(err, DGM_ERROR_STOPPED, NULL, 0, "stopped by the caller");
        dgm_document_free(document);
        if (status != DGM_OK)
            break;
    }
    dgm_coder_free(coder);
    return status;
}

static unsigned thread_count(unsigned wanted)
{
    if (!wanted) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        wanted = online > 0 ? (unsigned)online : 1;
    }
    return wanted < MAX_THREADS ? wanted : MAX_THREADS;
}

dgm_status dgm_engine_run(const dgm_engine *engine, dgm_reader *reader, unsigned threads,
                          dgm_coded_callback callback, void *payload, dgm_error *err)
{
    ring all = {.thread_count = thread_count(threads)};
    if (all.thread_count == 1)
        return run_alone(engine, reader, callback, payload, err);
    all.size = SLOTS_PER_THREAD * all.thread_count;
    all.slots = calloc(all.size, sizeof *all.slots);
    if (!all.slots)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
    pthread_mutex_init(&all.lock, NULL);
    pthread_cond_init(&all.ready, NULL);
    pthread_cond_init(&all.done, NULL);
    dgm_status status = start(&all, engine, err);
    if (status == DGM_OK)
        status = pump(&all, reader, callback, payload, err);
    stop(&all);
    pthread_cond_destroy(&all.done);
    pthread_cond_destroy(&all.ready);
    pthread_mutex_destroy(&all.lock);
    return status;
}
