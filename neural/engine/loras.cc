#include "neural/engine/loras.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "neural/engine/kept_clip.h"
#include "neural/weights/open.h"

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

std::string loras_identity(const std::vector<LoraUse>& loras) {
    std::string all;
    for (const LoraUse& lora : loras) {
        const auto file = files_identity(lora.path);
        all += (file.ok() ? *file : lora.path) + " " + std::to_string(lora.strength) + " " +
               std::to_string(static_cast<int>(lora.expert)) + "\n";
    }
    return all;
}

base::Result<int64_t> reference_shrink(const std::vector<LoraFile>& loras) {
    int64_t shrink = 1;
    for (const LoraFile& lora : loras) {
        const std::string said =
            TRY(open_weights(lora.path))->metadata("reference_downscale_factor");
        if (said.empty()) continue;
        const double factor = std::strtod(said.c_str(), nullptr);
        if (!(factor >= 1 && factor <= 16))
            return base::usage_error(
                "its reference_downscale_factor is \"" + said + "\", must be a number from 1 to 16",
                lora.path);
        shrink = std::max<int64_t>(shrink, std::llround(factor));
    }
    return shrink;
}

std::shared_ptr<const TensorSource> narrowed(std::shared_ptr<const TensorSource> generator,
                                             const std::vector<ShapesOnly::Asked>& asked) {
    return std::make_shared<Narrowed>(std::move(generator), asked);
}

}  // namespace neural
