#include "tensor/cpu/attention_problem.h"

#include <algorithm>
#include <limits>

#include "tensor/core/parallel.h"
#include "tensor/cpu/kernels.h"

namespace tensor {
namespace {

// Groups of rows in a chunk: packing a block of keys costs as much as letting about six rows meet
// it, and the chunk's queries and results (2 x 4 D bytes a row) should stay in the second-level
// cache.
constexpr int64_t kChunkGroups = 48;
constexpr float kNoKey = -std::numeric_limits<float>::infinity();

int64_t up_to(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

}  // namespace

AttentionProblem::AttentionProblem(const Tensor& q, const Tensor& k, const Tensor& v,
                                   const AttentionOptions& o, Tensor& y)
    : q(q),
      k(k),
      v(v),
      o(o),
      y(y.f32()),
      Tq(q.dim(1)),
      H(q.dim(2)),
      D(q.dim(3)),
      Tk(k.dim(1)),
      Hk(k.dim(2)),
      Dv(v.dim(3)),
      shared(q.dim(2) / k.dim(2)) {}

AttentionProblem::Range AttentionProblem::keys_of(int64_t r) const {
    const int64_t last = o.causal ? query(r) + Tk - Tq + 1 : o.key_count;
    const int64_t first = o.causal && o.window > 0 ? std::max<int64_t>(0, last - o.window) : 0;
    return {first, std::max<int64_t>(last, first)};
}

void AttentionProblem::restrict_row(int64_t b, int64_t hk, int64_t r, int64_t at, int64_t columns,
                                    float* logits) const {
    const Range keys = keys_of(r);
    const int64_t from = std::clamp<int64_t>(keys.first - at, 0, columns),
                  to = std::clamp<int64_t>(keys.last - at, from, columns);
    if (o.bias.defined() && to > from) {
        const int64_t bb = o.bias.dim(0) == 1 ? 0 : b, bh = o.bias.dim(1) == 1 ? 0 : head(hk, r);
        const float* bias = o.bias.f32() + ((bb * o.bias.dim(1) + bh) * Tq + query(r)) * Tk + at;
        kernels::axpby(1.0f, logits + from, 1.0f, bias + from, logits + from, to - from);
    }
    std::fill(logits, logits + from, kNoKey);
    std::fill(logits + to, logits + columns, kNoKey);
}

void for_chunks(const AttentionProblem& p, int64_t first, int64_t last, int64_t group,
                const std::function<void(int64_t, int64_t, int64_t, int64_t)>& attend) {
    // Chunks as large as packing wants, but enough of them for the threads.
    const int64_t rows = p.rows(), heads = last - first;
    const int64_t wanted = (4 * threads() + heads - 1) / std::max<int64_t>(heads, 1);
    const int64_t chunk =
        std::clamp(up_to((rows + wanted - 1) / wanted, group), 4 * group, kChunkGroups * group);
    const int64_t chunks = (rows + chunk - 1) / chunk;
    parallel_for(heads * chunks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; ++u) {
            const int64_t h = first + u / chunks, from = u % chunks * chunk;
            attend(h / p.Hk, h % p.Hk, from, std::min(from + chunk, rows));
        }
    });
}

}  // namespace tensor
