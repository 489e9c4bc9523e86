#include "tensor/ops/linear.h"

#include <atomic>
#include <limits>
#include <vector>

#include "base/core/check.h"
#include "tensor/backend.h"

namespace tensor {
namespace {

std::atomic<uint64_t> budget{std::numeric_limits<uint64_t>::max()};
std::atomic<uint64_t> kept{0};

struct LowRank {
    Linear down, up;
    float strength;
};

}  // namespace

struct Linear::State {
    Tensor weight;
    Tensor bias;
    std::shared_ptr<void> packed;
    uint64_t counted_bytes = 0;  // of `packed`, in `kept`
    std::vector<LowRank> low_rank;

    ~State() { kept -= counted_bytes; }

    // Reserves room for a packed copy; false where the budget is used up.
    bool may_keep() {
        if (counted_bytes > 0) return true;
        const uint64_t bytes = static_cast<uint64_t>(weight.elements()) * sizeof(float);
        if (kept.fetch_add(bytes) + bytes > budget.load()) {
            kept -= bytes;
            return false;
        }
        counted_bytes = bytes;
        return true;
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
    backend.linear(flat, state_->weight, state_->bias, plain ? activation : Activation::None,
                   state_->packed, state_->may_keep(), out);
    for (const LowRank& l : state_->low_rank) {
        backend.axpby(1, out, l.strength, l.up(l.down(flat)), out);
    }
    if (!plain) activate_inplace(y, activation);
    return y;
}

void Linear::add_low_rank(Tensor down, Tensor up, float strength) {
    CHECK(down.rank() == 2 && up.rank() == 2 && down.dim(0) == up.dim(1) &&
              down.dim(1) == in_features() && up.dim(0) == out_features(),
          "down [r,K] and up [N,r]");
    state_->low_rank.push_back({Linear(std::move(down)), Linear(std::move(up)), strength});
}

void set_packed_budget(uint64_t bytes) { budget = bytes; }

Tensor matmul_nt(const Tensor& a, const Tensor& b) {
    CHECK(a.rank() == 3 && b.rank() == 3 && a.dim(0) == b.dim(0) && a.dim(2) == b.dim(2),
          "a " + a.shape().text() + ", b " + b.shape().text());
    Tensor c = backend_of(a).make({a.dim(0), a.dim(1), b.dim(1)}, DType::F32);
    backend_of(a).matmul_nt(a, b, c);
    return c;
}

}  // namespace tensor
