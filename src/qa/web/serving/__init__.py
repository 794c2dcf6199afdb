"""The server: how requests are taken in, limited, logged and refused, whatever they ask for."""
