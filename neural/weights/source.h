// Where a net's tensors come from: a file, a set of shards, a generator. Reading never copies:
// tensors view mapped memory that lives as long as any of them.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "tensor/core/tensor.h"

namespace neural {

struct TensorInfo {
    tensor::DType dtype = tensor::DType::F32;
    tensor::Shape shape;
};

// What an adapter adds to a matrix: strength * up down.
struct LowRank {
    tensor::Tensor down, up;  // [r,K], [N,r]
    float strength = 1;
};

// A matrix as a layer keeps it.
struct WeightParts {
    tensor::Tensor base;  // [N,K]
    std::vector<LowRank> added;
};

class TensorSource {
public:
    virtual ~TensorSource() = default;
    // For messages: the file's path, "generated (seed 7)".
    virtual std::string where() const = 0;
    // Sorted. Empty where every name exists (a generator).
    virtual std::vector<std::string> names() const = 0;
    // nullopt: no such tensor. A generator knows no shapes and answers with the wanted one.
    virtual std::optional<TensorInfo> info(const std::string& name,
                                           const tensor::Shape& wanted) const = 0;
    // The tensor; `info` was asked before and answered.
    virtual base::Result<tensor::Tensor> load(const std::string& name,
                                              const tensor::Shape& wanted) const = 0;
    // The file's own remarks: safetensors __metadata__, GGUF values (numbers and arrays as JSON
    // text). "" where there is none.
    virtual std::string metadata(const std::string& key) const = 0;
    virtual std::vector<std::string> metadata_keys() const { return {}; }

    // A matrix with what adapters add beside it, for layers that can keep the two apart; load()
    // answers with the sum.
    virtual base::Result<WeightParts> load_parts(const std::string& name,
                                                 const tensor::Shape& wanted) const;
    // The pieces of mapped files behind a tensor, all of them (codes, scales, adapters); none for
    // what lies in ordinary memory.
    virtual std::vector<std::span<const std::byte>> memory_of(const std::string& name) const;
};

// Answers every question with the wanted shape and a tensor without memory behind it, and notes
// what was asked: how the table of a full-size model is checked without its weights. Loaders
// therefore never read values.
class ShapesOnly final : public TensorSource {
public:
    std::string where() const override { return "shapes only"; }
    std::vector<std::string> names() const override { return {}; }
    std::optional<TensorInfo> info(const std::string& name,
                                   const tensor::Shape& wanted) const override;
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override;
    std::string metadata(const std::string&) const override { return {}; }

    struct Asked {
        std::string name;
        tensor::Shape shape;
    };
    const std::vector<Asked>& asked() const { return asked_; }

private:
    mutable std::vector<Asked> asked_;
};

}  // namespace neural
