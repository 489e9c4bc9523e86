// Takes tensors by name and shape out of a source and builds layers of them. What is missing or
// misshapen is collected, so that one message can list all of it; until finish() says ok the layers
// must not be used.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "neural/weights/source.h"
#include "tensor/ops/conv.h"
#include "tensor/ops/linear.h"

namespace neural {

class Loader {
public:
    // Names are prefix + what the functions below are given.
    explicit Loader(std::shared_ptr<const TensorSource> source, std::string prefix = {});
    // The same loader below prefix + part + ".".
    Loader at(std::string_view part) const;
    Loader at(std::string_view part, int64_t index) const;  // prefix + part + "." + index + "."

    const TensorSource& source() const;
    // Whether the source has the tensor; a generator has all, so a net decides by its configuration
    // first and asks this only where files differ.
    bool has(std::string_view name) const;

    // As stored (bf16, fp8, ...).
    tensor::Tensor stored(std::string_view name, const tensor::Shape& shape) const;
    // Widened to f32: vectors, tables, statistics.
    tensor::Tensor vector(std::string_view name, const tensor::Shape& shape) const;
    // NAME.weight [out,in] and NAME.bias [out].
    tensor::Linear linear(std::string_view name, int64_t in, int64_t out, bool bias = true) const;
    // NAME.weight [out,in,kernel...] and NAME.bias [out]; kernel of 1 to 3 axes.
    tensor::Conv conv(std::string_view name, int64_t in, int64_t out,
                      std::initializer_list<int64_t> kernel,
                      const tensor::ConvGeometry& geometry = {}, bool bias = true) const;

    // Reports something that only the net can see (a configuration that contradicts itself).
    void problem(std::string what) const;
    // Ok, or all problems in one error; with `refuse_extra`, tensors below the prefix that nobody
    // asked for are problems too (except names for which `ignore` says true).
    base::Status finish(bool refuse_extra = false,
                        bool (*ignore)(std::string_view) = nullptr) const;

private:
    // Whether the tensor is there and fits; notes a problem where not.
    bool fits(const std::string& full, const tensor::Shape& shape, bool is_weight) const;
    tensor::Tensor take(std::string_view name, const tensor::Shape& shape, bool is_weight) const;

    struct Shared;
    std::shared_ptr<Shared> shared_;
    std::string prefix_;
};

}  // namespace neural
