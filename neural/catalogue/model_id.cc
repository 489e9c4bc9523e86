#include <algorithm>

#include "neural/catalogue/store.h"

namespace neural {

bool is_model_id(const std::string& id) {
    return !id.empty() && id.size() <= 64 && id[0] != '.' && id[0] != '-' &&
           std::ranges::all_of(id, [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_';
           });
}

}  // namespace neural
