// Attention in blocks (Dao et al. 2022; Milakov & Gimelshein 2018 for the running softmax). A
// thread takes a chunk of queries, packs 256 keys and values at a time into its scratch, and lets
// groups of six queries meet them; what a group remembers between blocks is its softmax state and
// its unfinished results. Loops: flash.cc.
#include <algorithm>
#include <limits>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/flash.h"
#include "tensor/cpu/kernels.h"
#include "tensor/cpu/panel.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

using namespace flash;

// Rows of a chunk: packing a block of keys costs as much as letting about six rows meet it, and
// the chunk's queries and results (2 x 4 D bytes a row) should stay in the second-level cache.
constexpr int64_t kChunkGroups = 48;
constexpr float kNoKey = -std::numeric_limits<float>::infinity();

int64_t up_to(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

struct Range {
    int64_t first, last;
};

struct Problem {
    const Tensor &q, &k, &v;
    const AttentionOptions& o;
    float* y;
    int64_t Tq, H, D, Tk, Hk, Dv, shared;  // shared: query heads of a key head

    // Row r of a key head's queries: heads that share keys are neighbours.
    int64_t query(int64_t r) const { return r / shared; }
    int64_t head(int64_t hk, int64_t r) const { return hk * shared + r % shared; }
    Range keys_of(int64_t r) const {
        const int64_t last = o.causal ? query(r) + Tk - Tq + 1 : o.key_count;
        const int64_t first = o.causal && o.window > 0 ? std::max<int64_t>(0, last - o.window) : 0;
        return {first, std::max<int64_t>(last, first)};
    }
    const float* bias_of(int64_t b, int64_t h, int64_t i) const {
        const int64_t bb = o.bias.dim(0) == 1 ? 0 : b, bh = o.bias.dim(1) == 1 ? 0 : h;
        return o.bias.f32() + ((bb * o.bias.dim(1) + bh) * Tq + i) * Tk;
    }
};

// Bias and masks of one row over columns that begin at key `at`.
void restrict_row(const Problem& p, int64_t b, int64_t hk, int64_t r, int64_t at, int64_t columns,
                  float* logits) {
    const Range keys = p.keys_of(r);
    const int64_t from = std::clamp<int64_t>(keys.first - at, 0, columns),
                  to = std::clamp<int64_t>(keys.last - at, from, columns);
    if (p.o.bias.defined() && to > from) {
        const float* bias = p.bias_of(b, p.head(hk, r), p.query(r)) + at;
        kernels::axpby(1.0f, logits + from, 1.0f, bias + from, logits + from, to - from);
    }
    std::fill(logits, logits + from, kNoKey);
    std::fill(logits + to, logits + columns, kNoKey);
}

// Rows [begin, end) of key head hk of batch entry b.
void attend(const Problem& p, int64_t b, int64_t hk, int64_t begin, int64_t end) {
    const int64_t groups = (end - begin + kRows - 1) / kRows, width = up_to(p.Dv, kPanel);
    Scratch& scratch = thread_scratch();
    const int64_t q_size = p.D * kRows, out_size = kRows * width;
    scratch.begin(Scratch::padded(groups * q_size) + Scratch::padded(groups * out_size) +
                  kColumns * (p.D + width + kRows));
    float* q = scratch.take(groups * q_size);
    float* out = scratch.take(groups * out_size);
    float* k = scratch.take(kColumns * p.D);
    float* v = scratch.take(kColumns * width);
    float* logits = scratch.take(kColumns * kRows);
    std::fill_n(out, groups * out_size, 0.0f);
    std::vector<Softmax> states(static_cast<size_t>(groups));
    Range all = p.keys_of(begin);
    for (int64_t g = 0; g < groups; ++g) {
        const int64_t row = begin + g * kRows, count = std::min(kRows, end - row);
        const float* rows[kRows];
        for (int64_t i = 0; i < count; ++i) {
            const int64_t r = row + i;
            rows[i] = p.q.f32() + ((b * p.Tq + p.query(r)) * p.H + p.head(hk, r)) * p.D;
        }
        pack_strip(rows, count, p.D, p.o.scale, q + g * q_size);
        flash::begin(states[static_cast<size_t>(g)]);
        all.last = std::max(all.last, p.keys_of(row + count - 1).last);
    }
    Panel panels[kPanels];
    for (int64_t i = 0; i < kPanels; ++i)
        panels[i] = {k + i * kPanel * p.D, v + i * kPanel * width};
    for (int64_t at = all.first; at < all.last; at += kColumns) {
        const int64_t present = std::min(kColumns, all.last - at);
        for (int64_t j = 0; j < present; j += kPanel) {
            const int64_t count = std::min(kPanel, present - j);
            const int64_t row = (b * p.Tk + at + j) * p.Hk + hk;
            pack_panel(p.k.f32() + row * p.D, p.Hk * p.D, count, p.D, k + j * p.D);
            pack_values(p.v.f32() + row * p.Dv, p.Hk * p.Dv, count, p.Dv, width, v + j * width);
        }
        for (int64_t g = 0; g < groups; ++g) {
            const int64_t row = begin + g * kRows, count = std::min(kRows, end - row);
            // Later rows see later keys: the group's range goes from its first to its last row's.
            const int64_t first = std::max(p.keys_of(row).first - at, int64_t{0}) / kPanel,
                          last = up_to(std::clamp<int64_t>(p.keys_of(row + count - 1).last - at, 0,
                                                           present),
                                       kPanel) /
                                 kPanel;
            if (first >= last) continue;
            const int64_t columns = (last - first) * kPanel, key = at + first * kPanel;
            scores(q + g * q_size, p.D, panels + first, last - first, kPanel, logits);
            const bool whole = !p.o.bias.defined() && !p.o.causal && key + columns <= all.last;
            for (int64_t i = 0; i < count && !whole; ++i) {
                restrict_row(p, b, hk, row + i, key, columns, logits + i * kColumns);
            }
            float keep[kRows];
            soften(logits, columns, &states[static_cast<size_t>(g)], keep);
            mix(logits, panels + first, last - first, width, width, keep, out + g * out_size);
        }
    }
    for (int64_t r = begin; r < end; ++r) {
        const int64_t g = (r - begin) / kRows, i = (r - begin) % kRows;
        const float factor = inverse_sum(states[static_cast<size_t>(g)], i);
        const float* from = out + g * out_size + i * width;
        float* to = p.y + ((b * p.Tq + p.query(r)) * p.H + p.head(hk, r)) * p.Dv;
        for (int64_t c = 0; c < p.Dv; ++c) to[c] = from[c] * factor;
    }
}

}  // namespace

void CpuBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v,
                           const AttentionOptions& o, Tensor& y) {
    const Problem p = {q,        k,        v,        o,        y.f32(),  q.dim(1),
                       q.dim(2), q.dim(3), k.dim(1), k.dim(2), v.dim(3), q.dim(2) / k.dim(2)};
    const int64_t rows = p.Tq * p.shared, heads = q.dim(0) * p.Hk;
    // Chunks as large as packing wants, but enough of them for the threads.
    const int64_t wanted = (4 * threads() + heads - 1) / std::max<int64_t>(heads, 1);
    const int64_t chunk =
        std::clamp(up_to((rows + wanted - 1) / wanted, kRows), 4 * kRows, kChunkGroups * kRows);
    const int64_t chunks = (rows + chunk - 1) / chunk;
    parallel_for(heads * chunks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; ++u) {
            const int64_t h = u / chunks, from = u % chunks * chunk;
            attend(p, h / p.Hk, h % p.Hk, from, std::min(from + chunk, rows));
        }
    });
}

}  // namespace tensor
