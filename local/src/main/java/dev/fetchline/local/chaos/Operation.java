package dev.fetchline.local.chaos;

/// A call of an AWS operation on its way through a proxy.
///
/// @param name the operation, such as `BatchWriteItem`; empty where the request names none
/// @param environment the number of the function's environment that calls; 0 where the request does not say
/// @param request the request's body, JSON
public record Operation(String name, int environment, String request) {}
