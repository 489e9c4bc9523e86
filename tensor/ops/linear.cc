#include "tensor/ops/linear.h"

#include <atomic>
#include <optional>
#include <vector>

#include "base/core/check.h"
#include "tensor/backend.h"
#include "tensor/cpu/bf16.h"
#include "tensor/ops/packed_room.h"

namespace tensor {
namespace {

std::atomic<Compute> chosen{Compute::F32};

// Below this quantising costs more than it gives, and a weight row is read from memory anyway.
constexpr int64_t kNarrowRows = 9;
constexpr int64_t kInt8LeastDepth = 64, kInt8MostDepth = 65536;

// BF16 must be faster by this to be chosen: it costs digits, and the clock is not exact.
constexpr double kWorthIt = 1.25;

struct LowRank {
    Linear down, up;
    float strength;
};

}  // namespace

struct Linear::State {
    Tensor weight;
    Tensor bias;
    struct Form {
        std::shared_ptr<void> packed;
        PackedRoom room;
    };
    Form f32, bf16, int8;
    std::optional<Compute> compute;
    std::vector<LowRank> low_rank;

    Compute compute_for(const Tensor& x) const {
        const Compute wanted = compute.value_or(chosen.load());
        const int64_t k = weight.dim(1);
        if (x.dim(0) < kNarrowRows ||
            (wanted == Compute::Int8 && (k < kInt8LeastDepth || k > kInt8MostDepth))) {
            return Compute::F32;
        }
        return wanted;
    }

    void multiply(Backend& backend, const Tensor& x, Activation activation, Tensor& y) {
        const auto values = static_cast<uint64_t>(weight.elements());
        const auto with = [&](Form& form, uint64_t bytes, auto product) {
            (backend.*product)(x, weight, bias, activation, form.packed, form.room.hold(bytes), y);
            if (!form.packed) form.room.give_back();  // it reads the weight as it lies
        };
        switch (compute_for(x)) {
            case Compute::F32: with(f32, values * sizeof(float), &Backend::linear); break;
            case Compute::BF16: with(bf16, values * 2, &Backend::linear_bf16); break;
            case Compute::Int8: with(int8, values, &Backend::linear_int8); break;
        }
    }
};

Linear::Linear(Tensor weight, Tensor bias) : state_(std::make_shared<State>()) {
    CHECK(weight.rank() == 2, "a weight [N,K], not " + weight.shape().text());
    CHECK(!bias.defined() || bias.elements() == weight.dim(0), "a bias [N]");
    state_->weight = std::move(weight);
    if (bias.defined()) state_->bias = bias.device() ? bias : bias.widened();
}

int64_t Linear::in_features() const { return state_->weight.dim(1); }
int64_t Linear::out_features() const { return state_->weight.dim(0); }
const Tensor& Linear::weight() const { return state_->weight; }
const Tensor& Linear::bias() const { return state_->bias; }

Tensor Linear::operator()(const Tensor& x, Activation activation) const {
    CHECK(defined(), "a layer with a weight");
    CHECK(x.dim(-1) == in_features(),
          "input " + x.shape().text() + ", weight " + weight().shape().text());
    Shape shape = x.shape();
    shape.set(-1, out_features());
    Backend& backend = backend_of(x);
    Tensor y = backend.make(shape, DType::F32);
    const bool plain = state_->low_rank.empty();
    const Tensor flat = x.reshape({-1, in_features()});
    Tensor out = y.reshape({-1, out_features()});
    if (flat.dim(0) == 0) return y;
    state_->multiply(backend, flat, plain ? activation : Activation::None, out);
    for (const LowRank& l : state_->low_rank) {
        backend.axpby(1, out, l.strength, l.up(l.down(flat)), out);
    }
    if (!plain) activate_inplace(y, activation);
    return y;
}

void Linear::set_compute(Compute compute) { state_->compute = compute; }

void Linear::add_low_rank(Tensor down, Tensor up, float strength) {
    CHECK(down.rank() == 2 && up.rank() == 2 && down.dim(0) == up.dim(1) &&
              down.dim(1) == in_features() && up.dim(0) == out_features(),
          "down [r,K] and up [N,r]");
    state_->low_rank.push_back({Linear(std::move(down)), Linear(std::move(up)), strength});
}

void set_compute(Compute compute) { chosen = compute; }
Compute compute() { return chosen; }

std::string_view compute_name(Compute compute) {
    switch (compute) {
        case Compute::F32: return "f32";
        case Compute::BF16: return "bf16";
        case Compute::Int8: return "int8";
    }
    return "";
}

Compute fastest_compute() {
    static const Compute fastest = bf16_gain() > kWorthIt ? Compute::BF16 : Compute::F32;
    return fastest;
}

Tensor matmul_nt(const Tensor& a, const Tensor& b) {
    CHECK(a.rank() == 3 && b.rank() == 3 && a.dim(0) == b.dim(0) && a.dim(2) == b.dim(2),
          "a " + a.shape().text() + ", b " + b.shape().text());
    Tensor c = backend_of(a).make({a.dim(0), a.dim(1), b.dim(1)}, DType::F32);
    backend_of(a).matmul_nt(a, b, c);
    return c;
}

}  // namespace tensor
