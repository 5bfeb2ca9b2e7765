/* Random numbers of the trainer: xoshiro256** (Blackman and Vigna 2018), the same everywhere. */
#ifndef TRAIN_RANDOM_H
#define TRAIN_RANDOM_H

#include <stdint.h>

typedef struct random_state {
    uint64_t s[4];
} random_state;

static inline void random_seed(random_state *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++) { /* splitmix64 */
        uint64_t z = seed += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        r->s[i] = z ^ (z >> 31);
    }
}

static inline uint64_t random_next(random_state *r)
{
    uint64_t *s = r->s, x = s[1] * 5, result = ((x << 7) | (x >> 57)) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/* In [0, 1). */
static inline float random_unit(random_state *r)
{
    return (float)(random_next(r) >> 40) * 0x1p-24f;
}

static inline uint32_t random_below(random_state *r, uint32_t n)
{
    return (uint32_t)(((random_next(r) >> 32) * n) >> 32);
}

/* About normal, variance 1 (sum of four uniform ones). */
static inline float random_normal(random_state *r)
{
    float sum = random_unit(r) + random_unit(r) + random_unit(r) + random_unit(r);
    return (sum - 2.0f) * 1.7320508f;
}

#endif
