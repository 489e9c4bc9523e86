// Where a net's tensors come from: a file, a set of shards, a generator. Reading never copies:
// tensors view mapped memory that lives as long as any of them.
#pragma once

#include <memory>
#include <optional>
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
    // The file's own remarks (safetensors __metadata__, GGUF strings); "" where there is none.
    virtual std::string metadata(const std::string& key) const = 0;
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
