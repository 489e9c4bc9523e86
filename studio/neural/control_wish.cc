#include "studio/neural/control_wish.h"

#include <utility>

namespace studio {

base::Result<ControlWish> parse_control(const std::vector<std::string>& names) {
    const std::pair<const char*, ControlPass> passes[] = {{"depth", ControlPass::Depth},
                                                          {"normal", ControlPass::Normal},
                                                          {"edges", ControlPass::Edges}};
    ControlWish wish;
    for (const std::string& name : names) {
        if (name == "first-frame") {
            wish.first_frame = true;
            continue;
        }
        bool known = false;
        for (const auto& [word, pass] : passes) {
            if (name != word) continue;
            known = true;
            if (wish.pass && *wish.pass != pass)
                return base::usage_error("a model looks at one of depth, normal, edges at a time",
                                         name);
            wish.pass = pass;
        }
        if (!known)
            return base::usage_error("controls are depth, normal, edges, first-frame", name);
    }
    return wish;
}

}  // namespace studio
