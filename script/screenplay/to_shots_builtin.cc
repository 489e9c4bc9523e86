#include "script/screenplay/to_shots.h"

namespace script {

base::Result<Written> shot_list_from_screenplay(std::string_view fountain, std::string_view name,
                                                const WriteOptions& options) {
    return shot_list_from_screenplay(fountain, name, options,
                                     [](std::string_view prompt, const WriteOptions& how) {
                                         return write_shot_list(prompt, how);
                                     });
}

}  // namespace script
