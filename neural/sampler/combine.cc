#include "neural/sampler/combine.h"

#include <array>

#include "base/core/check.h"
#include "tensor/core/parallel.h"

namespace neural::sampler {

tensor::Tensor combine(std::initializer_list<Term> terms) {
    constexpr size_t kMost = 8;
    CHECK(terms.size() > 0 && terms.size() <= kMost, "1 to 8 terms");
    std::array<const float*, kMost> values{};
    std::array<double, kMost> factors{};
    size_t count = 0;
    const tensor::Shape shape = terms.begin()->x.shape();
    for (const Term& term : terms) {
        CHECK(term.x.shape() == shape, "the terms of a sum differ in shape");
        values[count] = term.x.f32();
        factors[count++] = term.factor;
    }
    tensor::Tensor sum(shape);
    float* out = sum.f32();
    tensor::parallel_for(shape.elements(), 16384, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            double s = 0;
            for (size_t k = 0; k < count; ++k) s += factors[k] * static_cast<double>(values[k][i]);
            out[i] = static_cast<float>(s);
        }
    });
    return sum;
}

}  // namespace neural::sampler
