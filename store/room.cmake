# store/migrations/NNNN_name.sql become all_migrations().
file(GLOB store_migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/store/migrations/*.sql)
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/generated/store_migrations.cc
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_SOURCE_DIR}/store/migrations
          -DOUT=${CMAKE_BINARY_DIR}/generated/store_migrations.cc -P ${CMAKE_SOURCE_DIR}/store/sql/embed.cmake
  DEPENDS ${store_migrations} ${CMAKE_SOURCE_DIR}/store/sql/embed.cmake VERBATIM)
target_sources(store PRIVATE ${CMAKE_BINARY_DIR}/generated/store_migrations.cc)
