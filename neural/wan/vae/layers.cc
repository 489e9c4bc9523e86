#include "neural/wan/vae/layers.h"

#include <cmath>

#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::wan {

using tensor::Activation;
using tensor::Shape;
using tensor::Tensor;

namespace {

// x / |x| sqrt(C) gamma: the reference divides by max(|x|, 1e-12), which a root mean square with
// this eps is, up to vectors too short for f32.
tensor::NormOptions channel_norm(const Tensor& gamma, Activation activation) {
    return {.kind = tensor::NormKind::Rms,
            .eps = 1e-24f / static_cast<float>(gamma.elements()),
            .weight = gamma,
            .activation = activation};
}

// A weight published as a convolution over one position.
tensor::Linear pointwise(const Loader& loader, std::string_view name, int64_t in, int64_t out,
                         int kernel_axes) {
    const Loader at = loader.at(name);
    Shape shape{out, in};
    for (int i = 0; i < kernel_axes; ++i) shape.append(1);
    return tensor::Linear(at.stored("weight", shape).reshape({out, in}), at.vector("bias", {out}));
}

Tensor gamma_of(const Loader& loader, std::string_view name, int64_t channels, int ones) {
    Shape shape{channels};
    for (int i = 0; i < ones; ++i) shape.append(1);
    return loader.vector(std::string(name) + ".gamma", shape).reshape({channels});
}

// Frames as a batch of pictures, and back.
Tensor pictures(const Tensor& x) {
    return x.reshape({x.dim(0) * x.dim(1), 1, x.dim(2), x.dim(3), x.dim(4)});
}
Tensor clip(const Tensor& y, int64_t batch) {
    return y.reshape({batch, y.dim(0) / batch, y.dim(2), y.dim(3), y.dim(4)});
}

Tensor zeros_like(const Tensor& x, int64_t count) {
    Shape shape = x.shape();
    shape.set(1, count);
    return Tensor::zeros(shape);
}

}  // namespace

CausalConv::CausalConv(const Loader& loader, std::string_view name, int64_t in, int64_t out,
                       Places& places)
    : conv_(loader.conv(name, in, out, {3, 3, 3}, {.pad_front = {0, 1, 1}, .pad_back = {0, 1, 1}})),
      place_(places.next()) {}

Tensor CausalConv::history(const Tensor& x, const Stream& stream) const {
    return stream[place_].defined() ? stream[place_] : zeros_like(x, 2);
}

Tensor CausalConv::forward(const Tensor& x, Stream& stream) const {
    const Tensor seen = join(history(x, stream), x);
    stream[place_] = last_frames(seen, 2);
    return conv_(seen);
}

Tensor CausalConv::forward_normed(const Tensor& x, const Tensor& gamma, Stream& stream) const {
    const Tensor seen =
        tensor::norm_after(history(x, stream), x, channel_norm(gamma, Activation::Silu));
    stream[place_] = last_frames(seen, 2);
    return conv_(seen);
}

Head::Head(const Loader& loader, int64_t in, int64_t out, Places& places)
    : gamma_(gamma_of(loader, "head.0", in, 3)), conv_(loader, "head.2", in, out, places) {}

Tensor Head::forward(const Tensor& x, Stream& stream) const {
    return conv_.forward_normed(x, gamma_, stream);
}

ResidualBlock::ResidualBlock(const Loader& loader, int64_t in, int64_t out, Places& places)
    : gamma1_(gamma_of(loader, "residual.0", in, 3)),
      gamma2_(gamma_of(loader, "residual.3", out, 3)),
      conv1_(loader, "residual.2", in, out, places),
      conv2_(loader, "residual.6", out, out, places) {
    if (in != out) shortcut_ = pointwise(loader, "shortcut", in, out, 3);
}

Tensor ResidualBlock::forward(const Tensor& x, Stream& stream) const {
    Tensor y = conv2_.forward_normed(conv1_.forward_normed(x, gamma1_, stream), gamma2_, stream);
    tensor::add_inplace(y, shortcut_.defined() ? shortcut_(x) : x);
    return y;
}

FrameAttention::FrameAttention(const Loader& loader, int64_t channels)
    : gamma_(gamma_of(loader, "norm", channels, 2)),
      proj_(pointwise(loader, "proj", channels, channels, 2)) {
    const Loader at = loader.at("to_qkv");
    const Tensor weight = at.stored("weight", {3 * channels, channels, 1, 1});
    const Tensor bias = at.vector("bias", {3 * channels});
    const auto third = [&](int64_t i) {
        return tensor::Linear(
            weight.rows(i * channels, (i + 1) * channels).reshape({channels, channels}),
            bias.rows(i * channels, (i + 1) * channels));
    };
    q_ = third(0);
    k_ = third(1);
    v_ = third(2);
}

Tensor FrameAttention::forward(const Tensor& x, Stream&) const {
    const int64_t channels = x.dim(4);
    const Tensor h = tensor::norm(x, channel_norm(gamma_, Activation::None));
    const auto tokens = [&](const Tensor& t) {
        return t.reshape({x.dim(0) * x.dim(1), x.dim(2) * x.dim(3), 1, channels});
    };
    tensor::AttentionOptions options;
    options.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(channels)));
    Tensor y = proj_(
        tensor::attention(tokens(q_(h)), tokens(k_(h)), tokens(v_(h)), options).reshape(x.shape()));
    tensor::add_inplace(y, x);
    return y;
}

Downsample::Downsample(const Loader& loader, int64_t channels, bool time, Places& places)
    : space_(loader.conv("resample.1", channels, channels, {3, 3},
                         {.stride = {1, 2, 2}, .pad_back = {0, 1, 1}})) {
    if (!time) return;
    time_ = loader.conv("time_conv", channels, channels, {3, 1, 1}, {.stride = {2, 1, 1}});
    place_ = places.next();
}

Tensor Downsample::forward(const Tensor& x, Stream& stream) const {
    const Tensor y = clip(space_(pictures(x)), x.dim(0));
    if (!time_.defined()) return y;
    // Kept are the frames from the first that the next output reads.
    const bool begins = !stream[place_].defined();
    const Tensor seen = join(stream[place_], y);
    const int64_t count = (seen.dim(1) - 1) / 2;
    stream[place_] = last_frames(seen, seen.dim(1) - 2 * count);
    Tensor out = count > 0 ? time_(frames(seen, 0, 2 * count + 1)) : Tensor();
    if (!begins) return out;
    const Tensor first = frames(y, 0, 1);
    return out.defined() ? join(first, out) : first;
}

Upsample::Upsample(const Loader& loader, int64_t in, int64_t out, bool time, Places& places)
    : space_(loader.conv("resample.1", in, out, {3, 3},
                         {.pad_front = {0, 1, 1}, .pad_back = {0, 1, 1}})) {
    if (!time) return;
    time_ = loader.conv("time_conv", in, 2 * in, {3, 1, 1});
    place_ = places.next();
}

Tensor Upsample::double_time(const Tensor& x, Stream& stream) const {
    // The clip's first frame is not doubled, and the frames after it do not see it.
    Tensor first, rest = x;
    if (!stream[place_].defined()) {
        stream[place_] = zeros_like(x, 2);
        if (x.dim(1) == 1) return x;
        first = frames(x, 0, 1);
        rest = frames(x, 1, x.dim(1));
    }
    const Tensor seen = join(stream[place_], rest);
    stream[place_] = last_frames(seen, 2);
    const Tensor pairs = time_(seen);
    const int64_t b = pairs.dim(0), t = pairs.dim(1), h = pairs.dim(2), w = pairs.dim(3),
                  c = pairs.dim(4) / 2;
    const Tensor doubled = tensor::permute(pairs.reshape({b, t, h, w, 2, c}), {0, 1, 4, 2, 3, 5})
                               .reshape({b, 2 * t, h, w, c});
    return first.defined() ? join(first, doubled) : doubled;
}

Tensor Upsample::forward(const Tensor& x, Stream& stream) const {
    const Tensor y = time_.defined() ? double_time(x, stream) : x;
    const Tensor wide = tensor::repeat(tensor::repeat(pictures(y), 3, 2), 2, 2);
    return clip(space_(wide), x.dim(0));
}

Pointwise::Pointwise(const Loader& loader, std::string_view name, int64_t in, int64_t out)
    : linear_(pointwise(loader, name, in, out, 3)) {}

Tensor Pointwise::forward(const Tensor& x, Stream&) const { return linear_(x); }

}  // namespace neural::wan
