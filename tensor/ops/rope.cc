#include "tensor/ops/rope.h"

#include "base/core/check.h"
#include "tensor/backend.h"

namespace tensor {

void rope_inplace(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout) {
    const Shape& c = cos.shape();
    CHECK(x.rank() == 4 && c.rank() == 4 && c == sin.shape(),
          "x [B,T,H,D], tables [1|B,T,1|H,D/2]");
    CHECK((c[0] == 1 || c[0] == x.dim(0)) && c[1] == x.dim(1) && (c[2] == 1 || c[2] == x.dim(2)) &&
              2 * c[3] == x.dim(3),
          "x " + x.shape().text() + ", tables " + c.text());
    backend_of(x).rope(x, cos, sin, layout);
}

}  // namespace tensor
