// A new file becomes visible whole and stays: fsync of the file, rename, fsync of the folder.
#pragma once

#include <string>

#include "base/core/result.h"

namespace store {

// `from` and `to` are on the same file system. Replaces `to`.
base::Status publish_file(const std::string& from, const std::string& to);
base::Status sync_folder(const std::string& path);

}  // namespace store
