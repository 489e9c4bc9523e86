#include "neural/weights/merged.h"

#include <set>

namespace neural {
namespace {

class Merged final : public TensorSource {
public:
    Merged(std::string name, std::map<std::string, std::shared_ptr<TensorSource>> part_of)
        : name_(std::move(name)), part_of_(std::move(part_of)) {
        for (const auto& [tensor, part] : part_of_) parts_.insert(part);
    }
    std::string where() const override { return name_; }
    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, part] : part_of_) all.push_back(name);
        return all;
    }
    std::optional<TensorInfo> info(const std::string& name,
                                   const tensor::Shape& wanted) const override {
        const auto found = part_of_.find(name);
        if (found == part_of_.end()) return std::nullopt;
        return found->second->info(name, wanted);
    }
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override {
        const auto found = part_of_.find(name);
        if (found == part_of_.end()) return base::failed("has no tensor " + name, name_);
        return found->second->load(name, wanted);
    }
    std::vector<std::span<const std::byte>> memory_of(const std::string& name) const override {
        const auto found = part_of_.find(name);
        if (found == part_of_.end()) return {};
        return found->second->memory_of(name);
    }
    std::string metadata(const std::string& key) const override {
        for (const auto& part : parts_) {
            const std::string value = part->metadata(key);
            if (!value.empty()) return value;
        }
        return {};
    }
    std::vector<std::string> metadata_keys() const override {
        std::set<std::string> keys;
        for (const auto& part : parts_) {
            for (std::string& key : part->metadata_keys()) keys.insert(std::move(key));
        }
        return {keys.begin(), keys.end()};
    }

private:
    std::string name_;
    std::map<std::string, std::shared_ptr<TensorSource>> part_of_;
    std::set<std::shared_ptr<TensorSource>> parts_;
};

}  // namespace

std::shared_ptr<TensorSource> merge_sources(
    const std::string& name, std::map<std::string, std::shared_ptr<TensorSource>> part_of) {
    return std::make_shared<Merged>(name, std::move(part_of));
}

base::Result<std::shared_ptr<TensorSource>> merge_sources(
    const std::string& name, const std::vector<std::shared_ptr<TensorSource>>& parts) {
    std::map<std::string, std::shared_ptr<TensorSource>> part_of;
    for (const auto& part : parts) {
        for (const std::string& tensor : part->names()) {
            const auto [at, fresh] = part_of.emplace(tensor, part);
            if (!fresh) {
                return base::failed("tensor " + tensor + " stands in " + at->second->where() +
                                        " and in " + part->where(),
                                    name);
            }
        }
    }
    return merge_sources(name, std::move(part_of));
}

}  // namespace neural
