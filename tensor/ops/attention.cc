#include "tensor/ops/attention.h"

#include <algorithm>

#include "base/core/check.h"
#include "tensor/backend.h"
#include "tensor/ops/linear.h"

namespace tensor {
namespace {

// With fewer queries or keys making the integers costs more than it gives.
constexpr int64_t kIntegersLeast = 64;

}  // namespace

Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v,
                 const AttentionOptions& options) {
    CHECK(q.rank() == 4 && k.rank() == 4 && v.rank() == 4, "q, k, v [B,T,H,D]");
    CHECK(k.dim(0) == q.dim(0) && v.dim(0) == q.dim(0) && k.dim(3) == q.dim(3) &&
              k.dim(1) == v.dim(1) && k.dim(2) == v.dim(2) && k.dim(2) > 0 &&
              q.dim(2) % k.dim(2) == 0,
          "q " + q.shape().text() + ", k " + k.shape().text() + ", v " + v.shape().text());
    AttentionOptions o = options;
    if (o.key_count < 0) o.key_count = k.dim(1);
    CHECK(o.key_count >= 1 && o.key_count <= k.dim(1), "at least one key");
    CHECK(!o.causal || o.key_count == k.dim(1), "causal attention sees all keys");
    if (o.bias.defined()) {
        const Shape& s = o.bias.shape();
        CHECK(s.rank() == 4 && (s[0] == 1 || s[0] == q.dim(0)) && (s[1] == 1 || s[1] == q.dim(2)) &&
                  s[2] == q.dim(1) && s[3] == k.dim(1),
              "bias " + s.text());
    }
    Tensor y = backend_of(q).make({q.dim(0), q.dim(1), q.dim(2), v.dim(3)}, DType::F32);
    const bool integers =
        compute() == Compute::Int8 && q.dim(1) >= kIntegersLeast && o.key_count >= kIntegersLeast;
    Backend& backend = backend_of(q);
    integers ? backend.attention_int(q, k, v, o, y) : backend.attention(q, k, v, o, y);
    return y;
}

Tensor neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                               std::array<int64_t, 3> kernel, float scale) {
    CHECK(q.rank() == 6 && k.shape() == q.shape() && v.shape() == q.shape(),
          "q, k, v [B,T,H,W,heads,D]");
    for (int i = 0; i < 3; ++i) kernel[i] = std::min(kernel[i], q.dim(1 + i));
    Tensor y = backend_of(q).make(q.shape(), DType::F32);
    backend_of(q).neighbourhood_attention(q, k, v, kernel, scale, y);
    return y;
}

}  // namespace tensor
