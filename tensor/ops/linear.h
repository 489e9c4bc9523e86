// y = x W^T + b, the layer. A Linear shares its state when copied. A device that wants the weight
// in another form makes it at first use and keeps it while the budget of set_packed_budget()
// allows; else the weight is read as it is stored. Safe to call from one thread at a time.
#pragma once

#include <memory>
#include <string_view>

#include "tensor/core/tensor.h"
#include "tensor/ops/activation.h"

namespace tensor {

// What a product is computed in. BF16: both factors rounded to 8 bits of mantissa, sums in f32; a
// relative error of 0.2 to 0.3 %, and worth it only where the core is fast at it. Int8: weights in
// 8 bits with a scale per output channel, activations with one per row; relative error about 1 to 2
// % of a result's spread on normal values, more where few activations tower over the rest of their
// row. 1.8 to 3.5 times as fast.
enum class Compute : uint8_t { F32, BF16, Int8 };
std::string_view compute_name(Compute compute);  // "f32", "bf16", "int8"

// Of all layers that do not say otherwise; the start value is F32. Thread-safe.
void set_compute(Compute compute);
Compute compute();

// The same for a while: what was chosen before holds again when this ends.
class ComputeScope {
public:
    explicit ComputeScope(Compute wanted) : before_(compute()) { set_compute(wanted); }
    ~ComputeScope() { set_compute(before_); }
    ComputeScope(const ComputeScope&) = delete;
    ComputeScope& operator=(const ComputeScope&) = delete;

private:
    Compute before_;
};

// F32 or BF16, whichever products are faster in here: bf16 dot products run at half the speed of
// f32 on some cores that have them and at many times on others. Measured at the first call (some 20
// ms of one core; none where the core has no such instruction) and kept. Thread-safe.
Compute fastest_compute();

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

    // For this layer alone, whatever set_compute() says: the first and last layers of a net, whose
    // errors nothing averages out, stay in f32.
    void set_compute(Compute compute);

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
