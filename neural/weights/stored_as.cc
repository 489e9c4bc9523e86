#include "neural/weights/stored_as.h"

namespace neural {
namespace {

class StoredAs final : public TensorSource {
public:
    StoredAs(std::shared_ptr<const TensorSource> source, tensor::DType type)
        : source_(std::move(source)), type_(type) {}

    std::string where() const override { return source_->where(); }
    std::vector<std::string> names() const override { return source_->names(); }
    std::optional<TensorInfo> info(const std::string& name,
                                   const tensor::Shape& wanted) const override {
        auto info = source_->info(name, wanted);
        if (info && narrows(info->shape)) info->dtype = type_;
        return info;
    }
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override {
        const tensor::Tensor t = TRY(source_->load(name, wanted));
        if (!narrows(t.shape()) || t.dtype() != tensor::DType::F32) return t;
        tensor::Tensor narrow(t.shape(), type_);
        tensor::narrow(type_, t.f32(), t.elements(), narrow.raw());
        return narrow;
    }
    std::string metadata(const std::string& key) const override { return source_->metadata(key); }

private:
    bool narrows(const tensor::Shape& shape) const {
        return shape.rank() >= 2 && shape[-1] % tensor::block_elements(type_) == 0;
    }

    std::shared_ptr<const TensorSource> source_;
    tensor::DType type_;
};

}  // namespace

std::shared_ptr<const TensorSource> stored_as(std::shared_ptr<const TensorSource> source,
                                              tensor::DType type) {
    return std::make_shared<StoredAs>(std::move(source), type);
}

}  // namespace neural
