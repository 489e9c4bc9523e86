#include "neural/ltx/video/frame_layers.h"

#include "base/core/check.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using tensor::Conv;
using tensor::ConvGeometry;
using tensor::PadMode;
using tensor::Tensor;

int64_t frame_count(const Frames& frames) { return frames.defined() ? frames.dim(1) : 0; }

Frames join(const Frames& first, const Frames& second) {
    if (!first.defined()) return second;
    if (!second.defined()) return first;
    const Tensor parts[] = {first, second};
    return tensor::concat(parts, 1);
}

Frames frame_range(const Frames& frames, int64_t begin, int64_t end) {
    if (begin == 0 && end == frames.dim(1)) return frames;
    if (frames.dim(0) != 1) return tensor::slice(frames, 1, begin, end);
    tensor::Shape shape = frames.shape();
    shape.set(1, end - begin);
    return frames.reshape({frames.dim(1), frames.dim(2), frames.dim(3), frames.dim(4)})
        .rows(begin, end)
        .reshape(shape);
}

namespace {

// The first n frames of a queue, taken out of it. What stays is copied, so that it does not keep
// the memory of what has gone.
Frames take(Frames& queue, int64_t n) {
    if (n == frame_count(queue)) return std::exchange(queue, {});
    const Frames first = frame_range(queue, 0, n);
    queue = tensor::slice(queue, 1, n, queue.dim(1));
    return first;
}

}  // namespace

FrameConv::FrameConv(const Loader& loader, std::string_view name, int64_t in, int64_t out,
                     Time time, PadMode space)
    : time_(time), space_(space) {
    ConvGeometry geometry;
    if (space == PadMode::Zero) geometry.pad_front = geometry.pad_back = {0, 1, 1};
    conv_ = loader.at(name).conv("conv", in, out, {3, 3, 3}, geometry);
}

Frames FrameConv::push(State& state, const Frames& x, bool last, bool normed) const {
    const tensor::NormOptions pixel_norm{
        .kind = tensor::NormKind::Rms, .eps = 1e-8f, .activation = tensor::Activation::Silu};
    const bool ends = last && time_ == Time::Centred;
    Frames seen;
    if (normed && state.tail.defined() && x.defined() && !ends) {
        seen = tensor::norm_after(state.tail, x, pixel_norm);
    } else {
        const Frames in = normed && x.defined() ? tensor::norm(x, pixel_norm) : x;
        std::vector<Tensor> parts;
        if (state.tail.defined()) {
            parts.push_back(state.tail);
        } else {
            if (!in.defined()) return {};
            const Frames first = frame_range(in, 0, 1);
            parts.push_back(first);
            if (time_ == Time::Causal) parts.push_back(first);
        }
        if (in.defined()) parts.push_back(in);
        if (ends) {
            const Frames& newest = parts.back();
            parts.push_back(frame_range(newest, newest.dim(1) - 1, newest.dim(1)));
        }
        seen = parts.size() == 1 ? parts[0] : tensor::concat(parts, 1);
    }
    const int64_t n = seen.dim(1);
    if (n < 3) {
        state.tail = seen;
        return {};
    }
    state.tail = last ? Frames() : tensor::slice(seen, 1, n - 2, n);
    if (space_ != PadMode::Zero) {
        seen = tensor::pad(seen, 2, 1, 1, space_);
        seen = tensor::pad(seen, 3, 1, 1, space_);
    }
    return conv_(seen);
}

FrameNet::Stream::Stream(const FrameNet& net) : layers_(net.layers_) {
    for (const auto& layer : layers_) states_.push_back(layer->begin());
}

base::Result<Frames> FrameNet::Stream::push(Frames x, bool last, const base::CancelToken* cancel) {
    for (size_t i = 0; i < layers_.size(); ++i) {
        if (cancel) TRY(cancel->check());
        if (!x.defined() && !last) break;
        x = layers_[i]->push(*states_[i], std::exchange(x, {}), last);
    }
    return x;
}

namespace {

class ConvLayer final : public FrameLayer {
public:
    ConvLayer(FrameConv conv, bool normed) : conv_(std::move(conv)), normed_(normed) {}
    struct ConvState final : State {
        FrameConv::State conv;
    };
    std::unique_ptr<State> begin() const override { return std::make_unique<ConvState>(); }
    Frames push(State& state, const Frames& x, bool last) const override {
        return conv_.push(static_cast<ConvState&>(state).conv, x, last, normed_);
    }

private:
    FrameConv conv_;
    bool normed_;
};

class ResLayer final : public FrameLayer {
public:
    ResLayer(FrameConv first, FrameConv second)
        : first_(std::move(first)), second_(std::move(second)) {}
    struct ResState final : State {
        FrameConv::State first, second;
        Frames waiting;  // inputs whose sum is not out yet
    };
    std::unique_ptr<State> begin() const override { return std::make_unique<ResState>(); }
    Frames push(State& state, const Frames& x, bool last) const override {
        auto& s = static_cast<ResState&>(state);
        Frames y = first_.push(s.first, x, last, true);
        y = second_.push(s.second, y, last, true);
        s.waiting = join(s.waiting, x);
        if (y.defined()) tensor::add_inplace(y, take(s.waiting, y.dim(1)));
        return y;
    }

private:
    FrameConv first_, second_;
};

// [B,T,H,W,(c p1 p2 p3)] -> [B,T p1,H p2,W p3,c].
Frames depth_to_space(const Frames& x, const std::array<int64_t, 3>& p) {
    const int64_t B = x.dim(0), T = x.dim(1), H = x.dim(2), W = x.dim(3);
    const Tensor split = x.reshape({B, T, H, W, -1, p[0], p[1], p[2]});
    return tensor::permute(split, {0, 1, 5, 2, 6, 3, 7, 4})
        .reshape({B, T * p[0], H * p[1], W * p[2], -1});
}

// The inverse.
Frames space_to_depth(const Frames& x, const std::array<int64_t, 3>& p) {
    const int64_t B = x.dim(0), T = x.dim(1) / p[0], H = x.dim(2) / p[1], W = x.dim(3) / p[2];
    const Tensor split = x.reshape({B, T, p[0], H, p[1], W, p[2], x.dim(4)});
    return tensor::permute(split, {0, 1, 3, 5, 7, 2, 4, 6})
        .reshape({B, T, H, W, x.dim(4) * p[0] * p[1] * p[2]});
}

class DepthToSpaceLayer final : public FrameLayer {
public:
    DepthToSpaceLayer(FrameConv conv, std::array<int64_t, 3> stride, int64_t copies)
        : conv_(std::move(conv)), stride_(stride), copies_(copies) {}
    struct UpState final : State {
        FrameConv::State conv;
        Frames waiting;
        bool begun = false;
    };
    std::unique_ptr<State> begin() const override { return std::make_unique<UpState>(); }
    Frames push(State& state, const Frames& x, bool last) const override {
        auto& s = static_cast<UpState&>(state);
        Frames y = conv_.push(s.conv, x, last, false);
        if (copies_ > 0) s.waiting = join(s.waiting, x);
        if (!y.defined()) return {};
        const int64_t taken = y.dim(1);
        y = depth_to_space(y, stride_);
        if (copies_ > 0) {
            const Tensor moved = depth_to_space(take(s.waiting, taken), stride_);
            const std::vector<Tensor> parts(static_cast<size_t>(copies_), moved);
            tensor::add_inplace(y, copies_ == 1 ? moved : tensor::concat(parts, 4));
        }
        // What begins a clip stands for one frame of it, not two.
        if (stride_[0] == 2 && !s.begun) y = frame_range(y, 1, y.dim(1));
        s.begun = true;
        return y;
    }

private:
    FrameConv conv_;
    std::array<int64_t, 3> stride_;
    int64_t copies_;  // of the residual's channels; 0: no residual
};

class SpaceToDepthLayer final : public FrameLayer {
public:
    SpaceToDepthLayer(FrameConv conv, std::array<int64_t, 3> stride, int64_t group)
        : conv_(std::move(conv)), stride_(stride), group_(group) {}
    struct DownState final : State {
        FrameConv::State conv;
        Frames input, output;  // less than a time stride of them, or waiting for the convolution
        bool begun = false;
    };
    std::unique_ptr<State> begin() const override { return std::make_unique<DownState>(); }
    Frames push(State& state, const Frames& x, bool last) const override {
        auto& s = static_cast<DownState&>(state);
        Frames in = x;
        if (in.defined() && stride_[0] == 2 && !s.begun) in = join(frame_range(in, 0, 1), in);
        s.begun = s.begun || in.defined();
        s.output = join(s.output, conv_.push(s.conv, in, last, false));
        s.input = join(s.input, in);
        const int64_t n = frame_count(s.output) / stride_[0] * stride_[0];
        if (n == 0) return {};
        Frames y = space_to_depth(take(s.output, n), stride_);
        tensor::add_inplace(y, group_means(space_to_depth(take(s.input, n), stride_)));
        return y;
    }

private:
    // The mean of every `group_` neighbouring channels.
    Tensor group_means(const Tensor& x) const {
        tensor::Shape shape = x.shape();
        shape.set(4, x.dim(4) / group_);
        if (group_ == 1) return x;
        const Tensor members = tensor::permute(x.reshape({-1, group_}), {1, 0});
        Tensor sum = tensor::add(members.rows(0, 1), members.rows(1, 2));
        for (int64_t g = 2; g < group_; ++g) tensor::add_inplace(sum, members.rows(g, g + 1));
        return tensor::scale(sum, 1.0f / static_cast<float>(group_)).reshape(shape);
    }

    FrameConv conv_;
    std::array<int64_t, 3> stride_;
    int64_t group_;
};

}  // namespace

std::shared_ptr<const FrameLayer> conv_layer(const Loader& loader, std::string_view name,
                                             int64_t in, int64_t out, bool normed,
                                             FrameLayerSetting setting) {
    return std::make_shared<ConvLayer>(
        FrameConv(loader, name, in, out, setting.time, setting.space), normed);
}

std::shared_ptr<const FrameLayer> res_layer(const Loader& loader, int64_t channels,
                                            FrameLayerSetting setting) {
    return std::make_shared<ResLayer>(
        FrameConv(loader, "conv1", channels, channels, setting.time, setting.space),
        FrameConv(loader, "conv2", channels, channels, setting.time, setting.space));
}

std::shared_ptr<const FrameLayer> depth_to_space_layer(const Loader& loader, int64_t in,
                                                       int64_t out, std::array<int64_t, 3> stride,
                                                       bool residual, FrameLayerSetting setting) {
    const int64_t volume = stride[0] * stride[1] * stride[2];
    if (residual && (in % volume != 0 || out % (in / volume) != 0)) {
        loader.problem("a residual upsampling of " + std::to_string(in) + " to " +
                       std::to_string(out) + " channels does not come out even");
        residual = false;
    }
    return std::make_shared<DepthToSpaceLayer>(
        FrameConv(loader, "conv", in, out * volume, setting.time, setting.space), stride,
        residual ? out / (in / volume) : 0);
}

std::shared_ptr<const FrameLayer> space_to_depth_layer(const Loader& loader, int64_t in,
                                                       int64_t out, std::array<int64_t, 3> stride,
                                                       FrameLayerSetting setting) {
    const int64_t volume = stride[0] * stride[1] * stride[2];
    int64_t group = in * volume / out;
    if (out % volume != 0 || in * volume % out != 0) {
        loader.problem("a downsampling of " + std::to_string(in) + " to " + std::to_string(out) +
                       " channels does not come out even");
        group = 1;
    }
    return std::make_shared<SpaceToDepthLayer>(
        FrameConv(loader, "conv", in, std::max<int64_t>(1, out / volume), setting.time,
                  setting.space),
        stride, group);
}

}  // namespace neural::ltx
