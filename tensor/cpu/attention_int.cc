// Attention in integers, for nets whose products are computed in 8 bits: attention.cc's blocks with
// other loops (flash_int.cc). After SageAttention (Zhang et al. 2025), the other way round: logits,
// whose errors the exponential multiplies, come from 16-bit queries and keys (12 bits of each where
// a head has 128 components), which cost little more than bytes on AVX2; weights and values are
// bytes. A scale belongs to a query, to a key, to the weights of a query on a block of 256 keys,
// and to a channel of a block's values, so that outliers harm their neighbours only.
//
// The integers of the keys of a few heads, just enough to keep all threads busy, are made at a
// time.
#include <algorithm>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/attention_problem.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/flash_int.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

using namespace flash_int;

int64_t pieces(int64_t n, int64_t step) { return (n + step - 1) / step; }
int64_t up_to(int64_t n, int64_t step) { return pieces(n, step) * step; }

int16_t* take_codes(Scratch& scratch, int64_t count) {
    return reinterpret_cast<int16_t*>(scratch.take(count / 2));
}

// Keys and values of `heads` key heads as flash_int.h wants them: keys in panels, values in channel
// panels of all keys, both filled up to whole panels of keys with zeros.
struct Memory {
    Memory(const AttentionProblem& p, int64_t heads)
        : keys(up_to(p.o.key_count, kPanel)),
          blocks(pieces(keys, kColumns)),
          depth(up_to(p.D, 2)),
          width(up_to(p.Dv, kPanel)),
          k(Shape{heads, keys, depth, 2}, DType::I8),
          v(Shape{heads, keys, width}, DType::I8),
          k_scale(static_cast<size_t>(heads * keys)),
          v_scale(static_cast<size_t>(heads * blocks * width)) {}

    int64_t keys, blocks, depth, width;
    Tensor k, v;
    std::vector<float> k_scale, v_scale;

    int16_t* k_of(int64_t h) { return reinterpret_cast<int16_t*>(k.raw()) + h * keys * depth; }
    int8_t* v_of(int64_t h) { return reinterpret_cast<int8_t*>(v.raw()) + h * keys * width; }
    float* k_scale_of(int64_t h) { return k_scale.data() + h * keys; }
    float* v_scale_of(int64_t h, int64_t block) {
        return v_scale.data() + (h * blocks + block) * width;
    }
};

// Keys [begin, begin + kPanel) of a head to a panel.
void store_keys(const AttentionProblem& p, Memory& m, int64_t slot, int64_t b, int64_t hk,
                int64_t begin) {
    Scratch& scratch = thread_scratch();
    scratch.begin(Scratch::padded(m.depth / 2));
    int16_t* row = take_codes(scratch, m.depth);
    row[m.depth - 1] = 0;
    const int limit = code_limit(p.D);
    int16_t* panel = m.k_of(slot) + begin * m.depth;
    const int64_t count = std::min(kPanel, p.o.key_count - begin);
    if (count < kPanel) std::fill_n(panel, kPanel * m.depth, int16_t{0});
    for (int64_t j = 0; j < count; ++j) {
        const float* key = p.k.f32() + ((b * p.Tk + begin + j) * p.Hk + hk) * p.D;
        m.k_scale_of(slot)[begin + j] = quantise(key, p.D, limit, row);
        for (int64_t d = 0; d < m.depth; d += 2) {
            panel[d * kPanel + 2 * j] = row[d];
            panel[d * kPanel + 2 * j + 1] = row[d + 1];
        }
    }
}

// Key heads [first, last) (b * Hk + hk) to slots from 0.
void remember(const AttentionProblem& p, int64_t first, int64_t last, Memory& m) {
    parallel_for((last - first) * m.blocks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; ++u) {
            const int64_t slot = u / m.blocks, at = u % m.blocks * kColumns;
            const int64_t b = (first + slot) / p.Hk, hk = (first + slot) % p.Hk;
            const int64_t stop = std::min(at + kColumns, p.o.key_count);
            for (int64_t j = at; j < stop; j += kPanel) store_keys(p, m, slot, b, hk, j);
            quantise_values(p.v.f32() + ((b * p.Tk + at) * p.Hk + hk) * p.Dv, p.Hk * p.Dv,
                            stop - at, p.Dv, m.width, m.v_of(slot) + at * kPanel, m.keys * kPanel,
                            m.v_scale_of(slot, at / kColumns));
        }
    });
}

// Rows [begin, end) of key head hk of batch entry b, whose keys lie in `slot`.
void attend(const AttentionProblem& p, Memory& m, int64_t slot, int64_t b, int64_t hk,
            int64_t begin, int64_t end) {
    const int64_t groups = pieces(end - begin, kRows);
    Scratch& scratch = thread_scratch();
    scratch.begin(Scratch::padded(groups * kRows * m.depth / 2) + Scratch::padded(groups * kRows) +
                  groups * kRows * m.width + kColumns * kRows + kColumns * kRows / 4);
    int16_t* q = take_codes(scratch, groups * kRows * m.depth);
    float* q_scale = scratch.take(groups * kRows);
    float* out = scratch.take(groups * kRows * m.width);
    float* logits = scratch.take(kColumns * kRows);
    auto* weights = reinterpret_cast<uint8_t*>(scratch.take(kColumns * kRows / 4));
    std::fill_n(q, groups * kRows * m.depth, int16_t{0});
    std::fill_n(q_scale, groups * kRows, 0.0f);
    std::fill_n(out, groups * kRows * m.width, 0.0f);
    std::vector<flash::Softmax> states(static_cast<size_t>(groups));
    for (flash::Softmax& s : states) flash::begin(s);
    const int limit = code_limit(p.D);
    for (int64_t r = begin; r < end; ++r) {
        const int64_t i = r - begin;
        q_scale[i] = p.o.scale * quantise(p.query_row(b, hk, r), p.D, limit, q + i * m.depth);
    }
    const int64_t all = p.keys_of(end - 1).last;
    for (int64_t at = p.keys_of(begin).first / kColumns * kColumns; at < all; at += kColumns) {
        for (int64_t g = 0; g < groups; ++g) {
            const int64_t row = begin + g * kRows, count = std::min(kRows, end - row);
            // Later rows see later keys: the group's range goes from its first to its last row's.
            const int64_t key = std::max(p.keys_of(row).first, at) / kPanel * kPanel;
            const int64_t last =
                up_to(std::min(p.keys_of(row + count - 1).last, at + kColumns), kPanel);
            if (key >= last) continue;
            const int64_t columns = last - key;
            scores(q + g * kRows * m.depth, q_scale + g * kRows, m.depth,
                   m.k_of(slot) + key * m.depth, m.k_scale_of(slot) + key, columns / kPanel,
                   logits);
            const bool whole = !p.o.bias.defined() && !p.o.causal && last <= p.o.key_count;
            for (int64_t i = 0; i < count && !whole; ++i)
                p.restrict_row(b, hk, row + i, key, columns, logits + i * kColumns);
            Turn turn;
            soften(logits, columns, &states[static_cast<size_t>(g)], &turn, weights);
            mix(weights, columns, m.v_of(slot) + key * kPanel, m.keys * kPanel,
                m.v_scale_of(slot, at / kColumns), m.width, turn, out + g * kRows * m.width);
        }
    }
    for (int64_t r = begin; r < end; ++r) {
        const int64_t i = r - begin;
        const float factor = inverse_sum(states[static_cast<size_t>(i / kRows)], i % kRows);
        const float* from = out + i * m.width;
        float* to = p.result_row(b, hk, r);
        for (int64_t c = 0; c < p.Dv; ++c) to[c] = from[c] * factor;
    }
}

}  // namespace

void CpuBackend::attention_int(const Tensor& q, const Tensor& k, const Tensor& v,
                               const AttentionOptions& o, Tensor& y) {
    const AttentionProblem p(q, k, v, o, y);
    const int64_t heads = q.dim(0) * p.Hk;
    const int64_t at_once =
        std::min(heads, pieces(4 * threads(), std::max<int64_t>(1, p.rows() / (16 * kRows))));
    Memory m(p, at_once);
    for (int64_t first = 0; first < heads; first += at_once) {
        const int64_t last = std::min(first + at_once, heads);
        remember(p, first, last, m);
        for_chunks(p, first, last, kRows, [&](int64_t b, int64_t hk, int64_t begin, int64_t end) {
            attend(p, m, b * p.Hk + hk - first, b, hk, begin, end);
        });
    }
}

}  // namespace tensor
