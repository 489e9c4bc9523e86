// Attention in blocks (Dao et al. 2022; Milakov & Gimelshein 2018 for the running softmax). A
// thread takes a chunk of queries, packs 256 keys and values at a time into its scratch, and lets
// groups of six queries meet them; what a group remembers between blocks is its softmax state and
// its unfinished results. Loops: flash.cc.
#include <algorithm>
#include <vector>

#include "tensor/cpu/attention_problem.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/flash.h"
#include "tensor/cpu/panel.h"
#include "tensor/cpu/scratch.h"

namespace tensor {
namespace {

using namespace flash;

int64_t up_to(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

// Rows [begin, end) of key head hk of batch entry b.
void attend(const AttentionProblem& p, int64_t b, int64_t hk, int64_t begin, int64_t end) {
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
    AttentionProblem::Range all = p.keys_of(begin);
    for (int64_t g = 0; g < groups; ++g) {
        const int64_t row = begin + g * kRows, count = std::min(kRows, end - row);
        const float* rows[kRows];
        for (int64_t i = 0; i < count; ++i) rows[i] = p.query_row(b, hk, row + i);
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
                p.restrict_row(b, hk, row + i, key, columns, logits + i * kColumns);
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
        float* to = p.result_row(b, hk, r);
        for (int64_t c = 0; c < p.Dv; ++c) to[c] = from[c] * factor;
    }
}

}  // namespace

void CpuBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v,
                           const AttentionOptions& o, Tensor& y) {
    const AttentionProblem p(q, k, v, o, y);
    for_chunks(
        p, 0, q.dim(0) * p.Hk, kRows,
        [&](int64_t b, int64_t hk, int64_t begin, int64_t end) { attend(p, b, hk, begin, end); });
}

}  // namespace tensor
