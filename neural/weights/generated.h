// Weights made from a seed, bit for bit as the golden vectors' parameters are (their FORMAT.md):
// FNV-1a of the name, splitmix64 per element, a rule by name and shape for spread and offset. They
// are what the tiny models are made of, and what stands in for published weights in tests and
// benchmarks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "neural/weights/source.h"

namespace neural {

class GeneratedWeights final : public TensorSource {
public:
    // `stored`: tensors that the generator does not make, by name.
    explicit GeneratedWeights(uint64_t seed, std::map<std::string, tensor::Tensor> stored = {});
    std::string where() const override;
    std::vector<std::string> names() const override { return {}; }
    std::optional<TensorInfo> info(const std::string& name,
                                   const tensor::Shape& wanted) const override;
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override;
    std::string metadata(const std::string&) const override { return {}; }

private:
    uint64_t seed_;
    std::map<std::string, tensor::Tensor> stored_;
};

}  // namespace neural
