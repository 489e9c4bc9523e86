#include "neural/engine/loras.h"

#include <map>

namespace neural {
namespace {

class Narrowed final : public TensorSource {
public:
    Narrowed(std::shared_ptr<const TensorSource> generator,
             const std::vector<ShapesOnly::Asked>& asked)
        : generator_(std::move(generator)) {
        for (const ShapesOnly::Asked& each : asked) shapes_.emplace(each.name, each.shape);
    }
    std::string where() const override { return generator_->where(); }
    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (const auto& [name, shape] : shapes_) names.push_back(name);
        return names;
    }
    std::optional<TensorInfo> info(const std::string& name, const tensor::Shape&) const override {
        const auto found = shapes_.find(name);
        if (found == shapes_.end()) return std::nullopt;
        return generator_->info(name, found->second);
    }
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override {
        return generator_->load(name, wanted);
    }
    std::string metadata(const std::string& key) const override {
        return generator_->metadata(key);
    }

private:
    std::shared_ptr<const TensorSource> generator_;
    std::map<std::string, tensor::Shape> shapes_;
};

}  // namespace

base::Result<std::vector<LoraFile>> loras_for(const std::vector<LoraUse>& loras,
                                              LoraUse::Expert expert) {
    using Expert = LoraUse::Expert;
    std::vector<LoraFile> files;
    for (const LoraUse& lora : loras) {
        if (expert == Expert::Both && lora.expert != Expert::Both) {
            return base::usage_error(
                "this model is one transformer; only models of two have experts for high and low "
                "noise",
                lora.path);
        }
        if (lora.expert == Expert::Both || lora.expert == expert)
            files.push_back({lora.path, lora.strength});
    }
    return files;
}

std::shared_ptr<const TensorSource> narrowed(std::shared_ptr<const TensorSource> generator,
                                             const std::vector<ShapesOnly::Asked>& asked) {
    return std::make_shared<Narrowed>(std::move(generator), asked);
}

}  // namespace neural
