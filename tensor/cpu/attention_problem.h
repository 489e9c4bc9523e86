// What both attentions of this backend (attention.cc in f32, attention_int.cc in 16-bit integers)
// ask of a problem: which keys a query sees, what is added to its logits, how work is cut.
#pragma once

#include <cstdint>
#include <functional>

#include "tensor/ops/attention.h"

namespace tensor {

struct AttentionProblem {
    AttentionProblem(const Tensor& q, const Tensor& k, const Tensor& v, const AttentionOptions& o,
                     Tensor& y);

    const Tensor &q, &k, &v;
    const AttentionOptions& o;
    float* y;
    int64_t Tq, H, D, Tk, Hk, Dv, shared;  // shared: query heads of a key head

    // Row r of a key head's queries: heads that share keys are neighbours.
    int64_t rows() const { return Tq * shared; }
    int64_t query(int64_t r) const { return r / shared; }
    int64_t head(int64_t hk, int64_t r) const { return hk * shared + r % shared; }
    const float* query_row(int64_t b, int64_t hk, int64_t r) const {
        return q.f32() + ((b * Tq + query(r)) * H + head(hk, r)) * D;
    }
    float* result_row(int64_t b, int64_t hk, int64_t r) const {
        return y + ((b * Tq + query(r)) * H + head(hk, r)) * Dv;
    }

    struct Range {
        int64_t first, last;
    };
    Range keys_of(int64_t r) const;

    // Bias and masks of row r over columns that begin at key `at`.
    void restrict_row(int64_t b, int64_t hk, int64_t r, int64_t at, int64_t columns,
                      float* logits) const;
};

// attend(b, hk, begin, end) for pieces of the rows of key heads [first, last) of all batches'
// (b * Hk + hk), on all threads; `begin` is a multiple of `group`.
void for_chunks(const AttentionProblem& p, int64_t first, int64_t last, int64_t group,
                const std::function<void(int64_t, int64_t, int64_t, int64_t)>& attend);

}  // namespace tensor
