#include "neural/wan/vae/shortcut.h"

#include "base/core/check.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

namespace {
Tensor through(const Path& path, Tensor x, Stream& stream) {
    for (const auto& layer : path) {
        x = layer->forward(x, stream);
        if (!x.defined()) break;
    }
    return x;
}
}  // namespace

AverageDown::AverageDown(int64_t in, int64_t out, int64_t time, int64_t space, Places& places)
    : time_(time), space_(space) {
    if (time > 1) place_ = places.next();
    const int64_t folded = in * time * space * space, group = folded / out;
    if (folded == out) return;  // groups of one: the fold itself
    Tensor matrix = Tensor::zeros({out, folded});
    for (int64_t o = 0; o < out; ++o) {
        for (int64_t i = 0; i < group; ++i)
            matrix.f32()[o * folded + o * group + i] = 1 / static_cast<float>(group);
    }
    average_ = tensor::Linear(matrix);
}

Tensor AverageDown::forward(const Tensor& given, Stream& stream) const {
    Tensor x = given;
    if (time_ > 1) {
        CHECK(time_ == 2, "time is halved or kept");
        // Kept is the frame that has no partner yet; a rank of 1 marks that there is none.
        Tensor& kept = stream[place_];
        if (!kept.defined()) {
            Shape one = x.shape();
            one.set(1, 1);
            kept = Tensor::zeros(one);
        }
        x = kept.rank() == 5 ? join(kept, x) : x;
        const int64_t whole = x.dim(1) / 2 * 2;
        kept = whole < x.dim(1) ? last_frames(x, 1) : Tensor::zeros({1});
        if (whole == 0) return {};
        x = frames(x, 0, whole);
    }
    const int64_t b = x.dim(0), t = x.dim(1) / time_, h = x.dim(2) / space_, w = x.dim(3) / space_,
                  c = x.dim(4);
    if (time_ * space_ > 1) {
        x = tensor::permute(x.reshape(Shape{b, t, time_, h, space_, w, space_, c}),
                            {0, 1, 3, 5, 7, 2, 4, 6})
                .reshape({b, t, h, w, c * time_ * space_ * space_});
    }
    return average_.defined() ? average_(x) : x;
}

DuplicateUp::DuplicateUp(int64_t in, int64_t out, int64_t time, Places& places)
    : out_(out), time_(time), repeats_(out * time * 4 / in), place_(places.next()) {}

Tensor DuplicateUp::forward(const Tensor& x, Stream& stream) const {
    const int64_t b = x.dim(0), t = x.dim(1), h = x.dim(2), w = x.dim(3);
    const Tensor y =
        tensor::permute(
            tensor::repeat(x, 4, repeats_).reshape(Shape{b, t, h, w, out_, time_, 2, 2}),
            {0, 1, 5, 2, 6, 3, 7, 4})
            .reshape({b, t * time_, 2 * h, 2 * w, out_});
    if (stream[place_].defined()) return y;
    stream[place_] = Tensor::zeros({1});  // the first frame is past
    return frames(y, time_ - 1, y.dim(1));
}

DownLevel::DownLevel(const Loader& loader, int64_t in, int64_t out, int64_t blocks, bool down,
                     bool time, Places& places)
    : shortcut_(in, out, time ? 2 : 1, down ? 2 : 1, places) {
    for (int64_t i = 0; i < blocks; ++i) {
        main_.push_back(std::make_unique<ResidualBlock>(loader.at("downsamples", i),
                                                        i == 0 ? in : out, out, places));
    }
    if (down) {
        main_.push_back(
            std::make_unique<Downsample>(loader.at("downsamples", blocks), out, time, places));
    }
}

Tensor DownLevel::forward(const Tensor& x, Stream& stream) const {
    Tensor y = through(main_, x, stream);
    const Tensor beside = shortcut_.forward(x, stream);
    CHECK(y.defined() == beside.defined(), "both ways give the same frames");
    if (y.defined()) tensor::add_inplace(y, beside);
    return y;
}

UpLevel::UpLevel(const Loader& loader, int64_t in, int64_t out, int64_t blocks, bool time,
                 Places& places)
    : shortcut_(in, out, time ? 2 : 1, places) {
    for (int64_t i = 0; i < blocks; ++i) {
        main_.push_back(std::make_unique<ResidualBlock>(loader.at("upsamples", i),
                                                        i == 0 ? in : out, out, places));
    }
    main_.push_back(
        std::make_unique<Upsample>(loader.at("upsamples", blocks), out, out, time, places));
}

Tensor UpLevel::forward(const Tensor& x, Stream& stream) const {
    Tensor y = through(main_, x, stream);
    tensor::add_inplace(y, shortcut_.forward(x, stream));
    return y;
}

}  // namespace neural::wan
