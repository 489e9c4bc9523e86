// Layers over the frames of a clip, as streams: a layer takes frames as they come and gives frames
// as soon as they are final. What a layer needs of earlier frames (the halo of a convolution, the
// inputs of a residual sum that wait for their partner) stays in a State, so a whole clip and any
// cutting of it into pieces give the same frames, and memory does not grow with the clip.
//
// Layers are const after loading; a State belongs to one stream of one thread.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "base/signal/source.h"
#include "neural/weights/loader.h"
#include "tensor/ops/layout.h"

namespace neural::ltx {

// [B,t,H,W,C]; undefined where there are none.
using Frames = tensor::Tensor;

int64_t frame_count(const Frames& frames);
Frames join(const Frames& first, const Frames& second);
// Frames [begin, end), sharing memory where the batch is 1.
Frames frame_range(const Frames& frames, int64_t begin, int64_t end);

class FrameLayer {
public:
    struct State {
        virtual ~State() = default;
    };
    virtual ~FrameLayer() = default;
    virtual std::unique_ptr<State> begin() const = 0;
    // `x` may be undefined. After a push with `last` the state is used up.
    virtual Frames push(State& state, const Frames& x, bool last) const = 0;
};

// Cubic convolution whose padding in time repeats the clip's first and last frame.
class FrameConv {
public:
    enum class Time : uint8_t {
        Causal,   // sees the frame and those before it
        Centred,  // sees as many after it, so it gives frames later than it takes them
    };
    struct State {
        Frames tail;  // the newest frames, as many as the kernel reaches back and ahead
    };

    FrameConv() = default;
    // NAME.conv.{weight,bias}, kernel 3x3x3. `space`: padding of height and width.
    FrameConv(const Loader& loader, std::string_view name, int64_t in, int64_t out, Time time,
              tensor::PadMode space);
    // Of x, or of SiLU(x / sqrt(mean_c x^2 + 1e-8)) where `normed`.
    Frames push(State& state, const Frames& x, bool last, bool normed) const;

private:
    tensor::Conv conv_;
    Time time_ = Time::Causal;
    tensor::PadMode space_ = tensor::PadMode::Zero;
};

// A chain of layers and its states.
class FrameNet {
public:
    void add(std::shared_ptr<const FrameLayer> layer) { layers_.push_back(std::move(layer)); }
    bool empty() const { return layers_.empty(); }

    class Stream {
    public:
        explicit Stream(const FrameNet& net);
        base::Result<Frames> push(Frames x, bool last, const base::CancelToken* cancel);

    private:
        std::vector<std::shared_ptr<const FrameLayer>> layers_;
        std::vector<std::unique_ptr<FrameLayer::State>> states_;
    };

private:
    std::vector<std::shared_ptr<const FrameLayer>> layers_;
};

// The layers of the LTX video VAE.
struct FrameLayerSetting {
    FrameConv::Time time = FrameConv::Time::Causal;
    tensor::PadMode space = tensor::PadMode::Zero;
};
// conv(x), or conv(SiLU(PixelNorm(x))).
std::shared_ptr<const FrameLayer> conv_layer(const Loader& loader, std::string_view name,
                                             int64_t in, int64_t out, bool normed,
                                             FrameLayerSetting setting);
// x + conv2(act(norm(conv1(act(norm(x)))))).
std::shared_ptr<const FrameLayer> res_layer(const Loader& loader, int64_t channels,
                                            FrameLayerSetting setting);
// Convolution, then channels (c p1 p2 p3) to time, height and width; the first of two frames that
// begin a clip is dropped. `residual` adds the input moved the same way, its channels repeated.
std::shared_ptr<const FrameLayer> depth_to_space_layer(const Loader& loader, int64_t in,
                                                       int64_t out, std::array<int64_t, 3> stride,
                                                       bool residual, FrameLayerSetting setting);
// Convolution, then time, height and width to channels, plus the mean over groups of the input
// moved the same way. With a time stride the first frame is taken twice.
std::shared_ptr<const FrameLayer> space_to_depth_layer(const Loader& loader, int64_t in,
                                                       int64_t out, std::array<int64_t, 3> stride,
                                                       FrameLayerSetting setting);

}  // namespace neural::ltx
