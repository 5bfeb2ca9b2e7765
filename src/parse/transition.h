/* The arc-eager transition system (Nivre 2008), with the root at the end of the sentence, and what
 * the network looks at in its states. Tokens are 1..count; 0 means none. Used by trainer and
 * runtime alike. */
#ifndef DGM_PARSE_TRANSITION_H
#define DGM_PARSE_TRANSITION_H

#include <stdbool.h>
#include <stdint.h>

typedef enum dgm_move { DGM_SHIFT = 0, DGM_REDUCE, DGM_LEFT_ARC, DGM_RIGHT_ARC } dgm_move;

enum {
    DGM_MOVES = 4,
    DGM_PIECE_TOKENS = 512, /* the longest piece that is parsed at once */
    DGM_STATE_TOKENS = DGM_PIECE_TOKENS + 4,
    DGM_PLACES = 12,      /* tokens of a state that the network sees */
    DGM_PLACE_TOP = 0,    /* among them: the stack's top */
    DGM_PLACE_NEXT = 3,   /* the buffer's first, and two more behind it */
    DGM_DISTANCES = 64,   /* rows of the distance feature */
    DGM_VALENCES = 64,    /* rows of the valence feature */
    DGM_LABEL_PLACES = 8, /* tokens around an arc that the label network sees */
    DGM_LABEL_SHAPES = 64
};

typedef struct dgm_state {
    int16_t count, buffer, stack_count;
    int16_t stack[DGM_STATE_TOKENS];
    int16_t head[DGM_STATE_TOKENS]; /* -1: none yet; count + 1: the root */
    int16_t left1[DGM_STATE_TOKENS], left2[DGM_STATE_TOKENS];   /* outermost left children */
    int16_t right1[DGM_STATE_TOKENS], right2[DGM_STATE_TOKENS]; /* outermost right children */
    int16_t left_count[DGM_STATE_TOKENS], right_count[DGM_STATE_TOKENS];
} dgm_state;

static inline void dgm_state_clear_children(dgm_state *s)
{
    for (int i = 0; i < s->count + 2; i++)
        s->left1[i] = s->left2[i] = s->right1[i] = s->right2[i] = s->left_count[i] =
            s->right_count[i] = 0;
}

static inline void dgm_state_init(dgm_state *s, int count)
{
    s->count = (int16_t)count;
    s->buffer = 1;
    s->stack_count = 0;
    for (int i = 0; i < count + 2; i++)
        s->head[i] = -1;
    dgm_state_clear_children(s);
}

static inline int dgm_state_top(const dgm_state *s, int depth)
{
    return s->stack_count > depth ? s->stack[s->stack_count - 1 - depth] : 0;
}

/* Bits of the moves that may be made. */
static inline unsigned dgm_state_moves(const dgm_state *s)
{
    if (!s->stack_count)
        return 1u << DGM_SHIFT;
    bool has_head = s->head[s->stack[s->stack_count - 1]] >= 0;
    return 1u << DGM_SHIFT | 1u << DGM_RIGHT_ARC | 1u << (has_head ? DGM_REDUCE : DGM_LEFT_ARC);
}

static inline void dgm_state_attach_left(dgm_state *s, int child, int head)
{
    s->left2[head] = s->left1[head];
    s->left1[head] = (int16_t)child;
    s->left_count[head]++;
}

static inline void dgm_state_attach_right(dgm_state *s, int child, int head)
{
    s->right2[head] = s->right1[head];
    s->right1[head] = (int16_t)child;
    s->right_count[head]++;
}

static inline void dgm_state_do(dgm_state *s, dgm_move move)
{
    int next = s->buffer;
    switch (move) {
    case DGM_SHIFT:
        s->stack[s->stack_count++] = (int16_t)next;
        s->buffer++;
        break;
    case DGM_REDUCE:
        s->stack_count--;
        break;
    case DGM_LEFT_ARC: {
        int child = s->stack[--s->stack_count];
        s->head[child] = (int16_t)next;
        dgm_state_attach_left(s, child, next);
        break;
    }
    case DGM_RIGHT_ARC: {
        int head = s->stack[s->stack_count - 1];
        s->head[next] = (int16_t)head;
        dgm_state_attach_right(s, next, head);
        s->stack[s->stack_count++] = (int16_t)next;
        s->buffer++;
        break;
    }
    }
}

/* What has no head is the sentence's root (head 0): the word with most children, so that there is
 * one; others hang on it. */
static inline void dgm_state_finish(dgm_state *s)
{
    int root = 0, most = -1;
    for (int i = 1; i <= s->count; i++)
        if (s->head[i] < 0 && s->left_count[i] + s->right_count[i] > most) {
            most = s->left_count[i] + s->right_count[i];
            root = i;
        }
    for (int i = 1; i <= s->count; i++)
        if (s->head[i] < 0)
            s->head[i] = (int16_t)(i == root ? 0 : root);
}

static inline int dgm_at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

/* The tokens that the network sees, and rows of its two features of the whole state. */
static inline void dgm_state_look(const dgm_state *s, int places[DGM_PLACES], int *distance,
                                  int *valence)
{
    int top = dgm_state_top(s, 0), next = s->buffer;
    int head = top ? s->head[top] : -1;
    places[0] = top;
    places[1] = dgm_state_top(s, 1);
    places[2] = dgm_state_top(s, 2);
    places[3] = next;
    places[4] = next + 1 <= s->count ? next + 1 : 0;
    places[5] = next + 2 <= s->count ? next + 2 : 0;
    places[6] = s->left1[top];
    places[7] = s->right1[top];
    places[8] = s->left1[next];
    places[9] = head > 0 ? head : 0;
    places[10] = s->right2[top];
    places[11] = s->left2[next];
    *distance = dgm_at_most(top ? next - top : 0, 15) * 2 + (head >= 0);
    *valence = dgm_at_most(s->left_count[top], 2) * 16 + dgm_at_most(s->right_count[top], 3) * 4 +
               dgm_at_most(s->left_count[next], 3);
}

/* Children of the finished tree in the order of the words; the outermost ones come last. */
static inline void dgm_state_link(dgm_state *s)
{
    dgm_state_clear_children(s);
    for (int i = s->count; i >= 1; i--)
        if (s->head[i] > i)
            dgm_state_attach_left(s, i, s->head[i]);
    for (int i = 1; i <= s->count; i++)
        if (s->head[i] && s->head[i] < i)
            dgm_state_attach_right(s, i, s->head[i]);
}

/* The tokens around the arc of `child`, in a finished and linked tree, and the row of its shape. */
static inline void dgm_state_look_arc(const dgm_state *s, int child, int places[DGM_LABEL_PLACES],
                                      int *shape)
{
    int head = s->head[child];
    int distance = head < child ? child - head : head - child;
    places[0] = child;
    places[1] = head;
    places[2] = s->left1[child];
    places[3] = s->left2[child];
    places[4] = s->right1[child];
    places[5] = s->left1[head];
    places[6] = s->right1[head];
    places[7] = head ? s->head[head] : 0;
    *shape = (dgm_at_most(distance, 7) * 2 + (head < child)) * 4 +
             dgm_at_most(s->right_count[child], 1) * 2 + dgm_at_most(s->left_count[child], 1);
}

#endif
