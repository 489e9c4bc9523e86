#include "neural/catalogue/catalogue.h"

namespace neural {

uint64_t CatalogueModel::download_bytes() const {
    uint64_t bytes = 0;
    for (const CatalogueFile& file : files) bytes += file.bytes;
    return bytes;
}

double CatalogueModel::flop() const {
    const auto tokens = static_cast<double>(work.tokens);
    return work.steps * work.passes *
           (2 * work.parameters * tokens + 4.0 * work.layers * work.width * tokens * tokens);
}

uint64_t CatalogueModel::full_memory_bytes() const {
    return least_memory_bytes() + static_cast<uint64_t>(work.layers - 2) * work.block_bytes;
}

uint64_t CatalogueModel::least_memory_bytes() const {
    // Sixteen f32 rows a token: the stream, q, k, v, and the four times wider hidden layer.
    const auto activations = static_cast<uint64_t>(work.tokens) * work.width * 4 * 16;
    constexpr uint64_t kElse = 1'000'000'000;
    return 2 * work.block_bytes + work.rest_bytes + activations + (is_built_in() ? 0 : kElse);
}

const CatalogueModel* find_in_catalogue(std::string_view id) {
    for (const CatalogueModel& model : catalogue()) {
        if (model.id == id) return &model;
    }
    return nullptr;
}

std::string catalogue_ids() {
    std::string ids;
    for (const CatalogueModel& model : catalogue())
        ids += (ids.empty() ? "" : ", ") + std::string(model.id);
    return ids;
}

}  // namespace neural
