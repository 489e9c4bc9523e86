// The layers of Wan's video autoencoders. Facts and names: Wan-Video/Wan2.2 wan/modules/vae2_1.py
// and vae2_2.py; the forms without the reference's chunks follow from them (a causal convolution
// keeps its last input frames).
#pragma once

#include "neural/wan/vae/stream.h"
#include "neural/weights/loader.h"

namespace neural::wan {

// Hands out the places of a Stream while a net is built.
class Places {
public:
    size_t next() { return count_++; }
    size_t count() const { return count_; }

private:
    size_t count_ = 0;
};

// A convolution of k x k x k that sees the frames before and none after, zeros before the first.
class CausalConv final : public Layer {
public:
    CausalConv(const Loader& loader, std::string_view name, int64_t in, int64_t out,
               Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;
    // The convolution of silu(gamma x / rms(x)), x's channels normalised at each position.
    tensor::Tensor forward_normed(const tensor::Tensor& x, const tensor::Tensor& gamma,
                                  Stream& stream) const;

private:
    tensor::Tensor history(const tensor::Tensor& x, const Stream& stream) const;
    tensor::Conv conv_;
    size_t place_;
};

// norm, SiLU, causal convolution; the nets' last layer.
class Head final : public Layer {
public:
    Head(const Loader& loader, int64_t in, int64_t out, Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    tensor::Tensor gamma_;
    CausalConv conv_;
};

class ResidualBlock final : public Layer {
public:
    ResidualBlock(const Loader& loader, int64_t in, int64_t out, Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    tensor::Tensor gamma1_, gamma2_;
    CausalConv conv1_, conv2_;
    tensor::Linear shortcut_;  // undefined where in = out
};

// Attention of one head among the positions of a frame.
class FrameAttention final : public Layer {
public:
    FrameAttention(const Loader& loader, int64_t channels);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    tensor::Tensor gamma_;
    tensor::Linear q_, k_, v_, proj_;
};

// Half the rows and columns; with `time` also half the frames: the first stays, then one for two.
class Downsample final : public Layer {
public:
    Downsample(const Loader& loader, int64_t channels, bool time, Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    tensor::Conv space_, time_;
    size_t place_ = 0;
};

// Twice the rows and columns; with `time` also two frames for each but the first.
class Upsample final : public Layer {
public:
    Upsample(const Loader& loader, int64_t in, int64_t out, bool time, Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    tensor::Tensor double_time(const tensor::Tensor& x, Stream& stream) const;
    tensor::Conv space_, time_;
    size_t place_ = 0;
};

// A per-position linear map, published as a 1x1x1 convolution.
class Pointwise final : public Layer {
public:
    Pointwise(const Loader& loader, std::string_view name, int64_t in, int64_t out);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    tensor::Linear linear_;
};

}  // namespace neural::wan
