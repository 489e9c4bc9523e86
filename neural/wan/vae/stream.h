// The layers of the video autoencoders work on a clip that comes in pieces, [B,T,H,W,C] each. What
// a layer must remember of earlier frames lies in a Stream, so that the net itself stays constant
// and one net serves many clips. Whatever the pieces, the frames that come out are those of the
// whole clip.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/signal/source.h"
#include "tensor/core/tensor.h"

namespace neural::wan {

// The memory of one clip: a tensor per layer that needs one; undefined before the first frame.
using Stream = std::vector<tensor::Tensor>;

class Layer {
public:
    virtual ~Layer() = default;
    // The frames that can be made once x has come, or an undefined tensor where it is none.
    virtual tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const = 0;
};

using Path = std::vector<std::unique_ptr<Layer>>;
using Sink = std::function<base::Status(const tensor::Tensor& frames)>;

// Sends x through the layers from `first` on and hands what comes out to `sink`, in order. Where
// the frames of a piece together are large, they go on one by one, so memory is bounded by a frame
// and not by the piece. The token is looked at before each layer.
base::Status run(const Path& path, size_t first, tensor::Tensor x, Stream& stream, const Sink& sink,
                 const base::CancelToken* cancel);

// Frames [begin, end) of a clip; shares memory where there is one sample.
tensor::Tensor frames(const tensor::Tensor& clip, int64_t begin, int64_t end);
// A copy of the last `count` frames of a clip that has at least as many.
tensor::Tensor last_frames(const tensor::Tensor& clip, int64_t count);
// Frames of `a` (may be undefined), then those of `b`.
tensor::Tensor join(const tensor::Tensor& a, const tensor::Tensor& b);

}  // namespace neural::wan
