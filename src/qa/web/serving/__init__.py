"""The server: how requests are accepted, limited, logged and refused, whatever they ask for."""
