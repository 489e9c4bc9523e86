// y = x W^T + b, the layer. A Linear shares its state when copied; the packed form of the weight
// that the device wants is made at first use and kept while the budget of set_packed_budget()
// allows, else made for each use. Safe to call from one thread at a time.
#pragma once

#include <memory>

#include "tensor/core/tensor.h"
#include "tensor/ops/activation.h"

namespace tensor {

class Linear {
public:
    Linear() = default;  // !defined()
    // weight [N,K] of any storage type, bias [N] or undefined.
    explicit Linear(Tensor weight, Tensor bias = {});

    bool defined() const { return state_ != nullptr; }
    int64_t in_features() const;   // K
    int64_t out_features() const;  // N
    const Tensor& weight() const;
    const Tensor& bias() const;  // f32 or undefined

    // x [.., K] f32 -> [.., N].
    Tensor operator()(const Tensor& x, Activation activation = Activation::None) const;

    // W + strength * up down, applied beside the weight (down [r,K], up [N,r]).
    void add_low_rank(Tensor down, Tensor up, float strength);

    struct State;

private:
    std::shared_ptr<State> state_;
};

// Bytes of packed weights that may be kept at once; 0: none. Start value: no limit.
void set_packed_budget(uint64_t bytes);

// c [B,M,N] = a [B,M,K] b [B,N,K]^T, for small products of two activations.
Tensor matmul_nt(const Tensor& a, const Tensor& b);

}  // namespace tensor
