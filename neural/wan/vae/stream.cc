#include "neural/wan/vae/stream.h"

#include "tensor/ops/layout.h"

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

namespace {
// A piece above this size is cut into frames. Far above what any cache holds, far below what the
// widest layer has for one frame of 1280x704.
constexpr size_t kPieceBytes = 64 << 20;
}  // namespace

Tensor frames(const Tensor& clip, int64_t begin, int64_t end) {
    if (begin == 0 && end == clip.dim(1)) return clip;
    if (clip.dim(0) != 1) return tensor::slice(clip, 1, begin, end);
    Shape part = clip.shape();
    part.set(1, end - begin);
    return clip.reshape(Shape(clip.shape().dims().subspan(1))).rows(begin, end).reshape(part);
}

Tensor last_frames(const Tensor& clip, int64_t count) {
    return tensor::slice(clip, 1, clip.dim(1) - count, clip.dim(1));
}

Tensor join(const Tensor& a, const Tensor& b) {
    return a.defined() ? tensor::concat(std::vector<Tensor>{a, b}, 1) : b;
}

base::Status run(const Path& path, size_t first, Tensor x, Stream& stream, const Sink& sink,
                 const base::CancelToken* cancel) {
    for (size_t i = first; i < path.size(); ++i) {
        if (cancel) TRY(cancel->check());
        if (x.dim(1) > 1 && x.bytes() > kPieceBytes) {
            for (int64_t t = 0; t < x.dim(1); ++t)
                TRY(run(path, i, frames(x, t, t + 1), stream, sink, cancel));
            return {};
        }
        x = path[i]->forward(x, stream);
        if (!x.defined()) return {};
    }
    return sink(x);
}

}  // namespace neural::wan
