#include "neural/weights/renamed.h"

#include <map>

namespace neural {
namespace {

class RenamedSource final : public TensorSource {
public:
    RenamedSource(std::shared_ptr<const TensorSource> source, const NewName& new_name)
        : source_(std::move(source)) {
        for (const std::string& name : source_->names()) {
            if (auto mine = new_name(name)) old_.emplace(std::move(*mine), name);
        }
    }
    std::string where() const override { return source_->where(); }
    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (const auto& [mine, theirs] : old_) names.push_back(mine);
        return names;
    }
    std::optional<TensorInfo> info(const std::string& name,
                                   const tensor::Shape& wanted) const override {
        const auto found = old_.find(name);
        return found == old_.end() ? std::nullopt : source_->info(found->second, wanted);
    }
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override {
        const auto found = old_.find(name);
        if (found == old_.end()) return base::failed("has no tensor " + name, where());
        return source_->load(found->second, wanted);
    }
    base::Result<WeightParts> load_parts(const std::string& name,
                                         const tensor::Shape& wanted) const override {
        const auto found = old_.find(name);
        if (found == old_.end()) return base::failed("has no tensor " + name, where());
        return source_->load_parts(found->second, wanted);
    }
    std::vector<std::span<const std::byte>> memory_of(const std::string& name) const override {
        const auto found = old_.find(name);
        if (found == old_.end()) return {};
        return source_->memory_of(found->second);
    }
    std::string metadata(const std::string& key) const override { return source_->metadata(key); }
    std::vector<std::string> metadata_keys() const override { return source_->metadata_keys(); }

private:
    std::shared_ptr<const TensorSource> source_;
    std::map<std::string, std::string> old_;  // by new name
};

}  // namespace

std::shared_ptr<const TensorSource> renamed(std::shared_ptr<const TensorSource> source,
                                            const NewName& new_name) {
    return std::make_shared<RenamedSource>(std::move(source), new_name);
}

}  // namespace neural
