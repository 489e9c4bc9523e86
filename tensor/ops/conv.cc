#include "tensor/ops/conv.h"

#include "base/core/check.h"
#include "tensor/backend.h"
#include "tensor/ops/packed_room.h"

namespace tensor {
namespace {

// Of a 3x3 kernel minimal filtering keeps 4x4 values.
uint64_t packed_bytes(const Tensor& weight) {
    return static_cast<uint64_t>(weight.elements()) * sizeof(float) * 16 / 9;
}

}  // namespace

struct Conv::State {
    Tensor weight;  // [N,C,kt,kh,kw]
    Tensor bias;
    ConvGeometry geometry;
    std::shared_ptr<void> packed;
    PackedRoom room;
};

Conv::Conv(Tensor weight, Tensor bias, ConvGeometry geometry) : state_(std::make_shared<State>()) {
    const Shape& s = weight.shape();
    CHECK(s.rank() >= 3 && s.rank() <= 5, "a weight [N,C,kt,kh,kw] or with fewer kernel axes");
    CHECK(!bias.defined() || bias.elements() == s[0], "a bias [N]");
    Shape full{s[0], s[1]};
    for (int i = s.rank(); i < 5; ++i) full.append(1);
    for (int i = 2; i < s.rank(); ++i) full.append(s[i]);
    state_->weight = weight.reshape(full);
    if (bias.defined()) state_->bias = bias.device() ? bias : bias.widened();
    state_->geometry = geometry;
}

int64_t Conv::in_channels() const { return state_->weight.dim(1); }
int64_t Conv::out_channels() const { return state_->weight.dim(0); }
std::array<int64_t, 3> Conv::kernel() const {
    const Tensor& w = state_->weight;
    return {w.dim(2), w.dim(3), w.dim(4)};
}
const ConvGeometry& Conv::geometry() const { return state_->geometry; }
void Conv::set_geometry(const ConvGeometry& geometry) {
    state_->geometry = geometry;
    state_->packed.reset();
}

Tensor Conv::operator()(const Tensor& x, Activation activation) const {
    CHECK(defined(), "a layer with a weight");
    CHECK(x.rank() == 5 && x.dim(4) == in_channels(),
          "input " + x.shape().text() + ", weight " + state_->weight.shape().text());
    const ConvGeometry& g = state_->geometry;
    Shape out{x.dim(0), 0, 0, 0, out_channels()};
    for (int i = 0; i < 3; ++i) {
        const int64_t reach = g.dilation[i] * (kernel()[i] - 1) + 1;
        const int64_t padded = x.dim(1 + i) + g.pad_front[i] + g.pad_back[i];
        CHECK(padded >= reach, "input " + x.shape().text() + " smaller than the kernel");
        out.set(1 + i, (padded - reach) / g.stride[i] + 1);
    }
    Backend& backend = backend_of(x);
    Tensor y = backend.make(out, DType::F32);
    std::shared_ptr<void> once;
    auto& packed = state_->room.hold(packed_bytes(state_->weight)) ? state_->packed : once;
    backend.conv(x, state_->weight, state_->bias, g, activation, packed, y);
    return y;
}

struct ConvTranspose1d::State {
    Tensor weight, bias;
    int64_t stride, padding;
    std::shared_ptr<void> packed;
    PackedRoom room;
};

ConvTranspose1d::ConvTranspose1d(Tensor weight, Tensor bias, int64_t stride, int64_t padding)
    : state_(std::make_shared<State>()) {
    CHECK(weight.rank() == 3 && stride >= 1 && padding >= 0, "a weight [C,N,k]");
    CHECK(!bias.defined() || bias.elements() == weight.dim(1), "a bias [N]");
    state_->weight = std::move(weight);
    if (bias.defined()) state_->bias = bias.device() ? bias : bias.widened();
    state_->stride = stride;
    state_->padding = padding;
}

Tensor ConvTranspose1d::operator()(const Tensor& x) const {
    CHECK(defined(), "a layer with a weight");
    const Tensor& w = state_->weight;
    CHECK(x.rank() == 3 && x.dim(2) == w.dim(0),
          "input " + x.shape().text() + ", weight " + w.shape().text());
    const int64_t length = (x.dim(1) - 1) * state_->stride - 2 * state_->padding + w.dim(2);
    CHECK(x.dim(1) >= 1 && length >= 1, "an input that leaves samples");
    Backend& backend = backend_of(x);
    Tensor y = backend.make({x.dim(0), length, w.dim(1)}, DType::F32);
    std::shared_ptr<void> once;
    auto& packed = state_->room.hold(packed_bytes(w)) ? state_->packed : once;
    backend.conv_transpose1d(x, w, state_->bias, state_->stride, state_->padding, packed, y);
    return y;
}

}  // namespace tensor
