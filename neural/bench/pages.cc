#include "neural/bench/pages.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "neural/noise/noise.h"

namespace neural::bench {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

namespace {

constexpr int64_t kPage = 65537;  // a prime

bool is_table(const std::string& name) {
    return name.find("scale_shift_table") != name.npos || name.ends_with("modulation") ||
           name.ends_with("-of-means");
}

}  // namespace

PageWeights::PageWeights(DType type) : type_(type) {
    page_ = counter_noise(1)->normal({kPage}).to_vector();
}

std::optional<TensorInfo> PageWeights::info(const std::string& name, const Shape& wanted) const {
    return TensorInfo{is_table(name) ? DType::F32 : type_, wanted};
}

base::Result<Tensor> PageWeights::load(const std::string& name, const Shape& wanted) const {
    // Spreads that keep activations near 1, as trained weights do.
    float mean = 0, spread = 0.1f;
    if (wanted.rank() > 1 && !is_table(name)) {
        spread = 1 / std::sqrt(static_cast<float>(wanted.product(1, wanted.rank())));
    } else if (name.ends_with("weight") || name.ends_with("std-of-means")) {
        mean = 1;
    }
    std::vector<float> page(page_.size());
    for (size_t i = 0; i < page.size(); ++i) page[i] = mean + spread * page_[i];
    const DType type = info(name, wanted)->dtype;
    const size_t unit = tensor::block_bytes(type);
    std::vector<std::byte> stored(page.size() * unit);
    tensor::narrow(type, page.data(), kPage, stored.data());
    Tensor t(wanted, type);
    for (size_t at = 0; at < t.bytes(); at += stored.size())
        std::memcpy(t.raw() + at, stored.data(), std::min(stored.size(), t.bytes() - at));
    return t;
}

Tensor random_values(const Shape& shape, uint64_t seed, float spread) {
    Tensor t = counter_noise(seed)->normal(shape);
    for (int64_t i = 0; i < t.elements(); ++i) t.f32()[i] *= spread;
    return t;
}

}  // namespace neural::bench
