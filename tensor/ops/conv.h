// Convolution over time, height and width, channels last. A 2-d convolution has T = 1 (or frames as
// the batch), a 1-d one T = H = 1. Weights come in the published layout.
#pragma once

#include <array>
#include <memory>

#include "tensor/core/tensor.h"
#include "tensor/ops/activation.h"

namespace tensor {

struct ConvGeometry {
    std::array<int64_t, 3> stride{1, 1, 1};
    std::array<int64_t, 3> pad_front{0, 0, 0};  // zeros; other paddings: pad() of layout.h first
    std::array<int64_t, 3> pad_back{0, 0, 0};
    std::array<int64_t, 3> dilation{1, 1, 1};
};

class Conv {
public:
    Conv() = default;
    // weight [N, C, kt, kh, kw], [N, C, kh, kw] or [N, C, kw] of any storage type; bias [N].
    explicit Conv(Tensor weight, Tensor bias = {}, ConvGeometry geometry = {});

    bool defined() const { return state_ != nullptr; }
    int64_t in_channels() const;
    int64_t out_channels() const;
    std::array<int64_t, 3> kernel() const;
    const ConvGeometry& geometry() const;
    void set_geometry(const ConvGeometry& geometry);

    // x [B,T,H,W,C] -> [B,T',H',W',N], T' = (T + pads - dilation (k - 1) - 1) / stride + 1.
    Tensor operator()(const Tensor& x, Activation activation = Activation::None) const;
    // The same for x [B,L,C] and a 1-d weight, [B,H,W,C] and a 2-d one.
    struct State;

private:
    std::shared_ptr<State> state_;
};

// Transposed 1-d convolution: x [B,L,C], weight [C,N,k] -> [B, (L-1) stride - 2 padding + k, N].
class ConvTranspose1d {
public:
    ConvTranspose1d() = default;
    ConvTranspose1d(Tensor weight, Tensor bias, int64_t stride, int64_t padding);
    bool defined() const { return state_ != nullptr; }
    Tensor operator()(const Tensor& x) const;
    struct State;

private:
    std::shared_ptr<State> state_;
};

}  // namespace tensor
